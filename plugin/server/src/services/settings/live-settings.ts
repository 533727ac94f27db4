import type {
  KeyView,
  SettingsResponse,
  SettingsChange,
  SettingValue,
  SettingView,
} from '../../../../shared/contracts';
import type { Core, KeySource, SettingDescription, Settings } from '../../../../shared/core';
import type { Overrides, SettingsStore } from '../../stores/database/settings-store';
import { loadServerCore } from './load-core';
import type { RawOptions } from './options';
import { createResilientCore } from './resilient-core';

/** A change that the settings refuse; the message is the core's own. */
export class SettingRefused extends Error {
  constructor(
    readonly field: string,
    message: string,
  ) {
    super(message);
  }
}

/** The key that seals stored tokens, and the place it comes from. */
export interface ResolvedKey {
  key: KeySource;
  source: KeyView['source'];
}

/** The settings in force: config/plugins, with what administrators set in its place. */
export interface LiveSettings {
  /** Decides and seals by the settings in force at each call. */
  readonly core: Core;
  /** Gives the options in force. */
  current(): Settings;
  /** Shows every option with its value, and the key by its public name. */
  describe(): SettingsResponse['data'];
  /** Shows the key by its public name. */
  key(): KeyView;
  /**
   * Sets options for every instance; in force in this process when it resolves.
   *
   * @throws SettingRefused naming the first option that is wrong; then nothing is changed.
   */
  change(change: SettingsChange['settings']): Promise<void>;
  /** Takes over what the store holds, which another instance may have written. */
  refresh(): Promise<void>;
}

/** What {@link createLiveSettings} works with. */
export interface LiveSettingsParts {
  /** The options of config/plugins, already found right. */
  options: RawOptions;
  key: ResolvedKey;
  store: SettingsStore;
  /** Is told of each stored value that no longer holds, such as after a downgrade. */
  report: (message: string) => void;
}

/** Puts the settings of config/plugins in force. */
export function createLiveSettings({
  options,
  key,
  store,
  report,
}: LiveSettingsParts): LiveSettings {
  const wasm = loadServerCore();
  const configured = wasm.parseSettings(options);
  const live = createResilientCore(() => new wasm.Core(configured, key.key));
  let overrides: Overrides = {};
  let settings = configured;
  let turn: Promise<unknown> = Promise.resolve();
  const reported = new Set<string>();

  /** Runs one job after another: a read that began before a write must not undo it. */
  async function inTurn(job: () => Promise<void>): Promise<void> {
    const mine = turn.then(job);
    turn = mine.catch(() => undefined);
    await mine;
  }

  function apply(next: Overrides): void {
    if (JSON.stringify(next) === JSON.stringify(overrides)) return;
    const parsed = wasm.parseSettings({ ...options, ...next });
    live.replace(() => new wasm.Core(parsed, key.key));
    overrides = next;
    settings = parsed;
  }

  /** Leaves out what the core refuses: one bad value in the database must not stop every login. */
  function sound(stored: Overrides): Overrides {
    const kept = Object.entries(stored).filter(([name, value]) => {
      try {
        check(name, value);
        return true;
      } catch (error) {
        if (!(error instanceof SettingRefused)) throw error;
        if (!reported.has(name)) report(error.message);
        reported.add(name);
        return false;
      }
    });
    return Object.fromEntries(kept);
  }

  function check(name: string, value: SettingValue | null): void {
    const option = wasm.describeSettings().find((known) => known.name === name);
    if (option?.kind === 'secret') {
      throw new SettingRefused(
        name,
        `${name} can be set in config/plugins or the environment only`,
      );
    }
    try {
      wasm.parseSettings({ [name]: value });
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      throw new SettingRefused(name, error.message);
    }
  }

  async function write(change: SettingsChange['settings']): Promise<void> {
    const next: Record<string, SettingValue> = { ...(await store.read()) };
    for (const [name, value] of Object.entries(change)) {
      if (value === null) Reflect.deleteProperty(next, name);
      else next[name] = value;
    }
    await store.write(next);
    apply(sound(next));
  }

  function view(option: SettingDescription): SettingView {
    const { name } = option;
    const given = isGiven(option, options[name]);
    const source = given ? ('config' as const) : ('default' as const);
    return {
      ...option,
      value: valueIn(settings, name),
      source: name in overrides ? 'admin' : source,
      reset: { value: valueIn(configured, name), source },
    };
  }

  const keyView = (): KeyView => ({ id: live.core.keyId(), source: key.source });

  return {
    core: live.core,

    key: keyView,

    current: () => settings,

    describe: () => ({ settings: wasm.describeSettings().map(view), key: keyView() }),

    async change(change) {
      for (const [name, value] of Object.entries(change)) check(name, value);
      await inTurn(() => write(change));
    },

    refresh: () => inTurn(async () => apply(sound(await store.read()))),
  };
}

/** Says whether config/plugins sets an option; `null` does so only where it lifts a limit. */
function isGiven({ kind, min }: SettingDescription, value: unknown): boolean {
  if (kind === 'number' && min === -1 && value === null) return true;
  return value !== undefined && value !== null;
}

/** Gives an option's value; a secret has none among the settings. */
function valueIn(settings: Settings, name: string): SettingValue | null {
  const values = new Map<string, SettingValue>(Object.entries(settings));
  return values.get(name) ?? null;
}
