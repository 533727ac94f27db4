import { isDeepStrictEqual } from 'node:util';
import type {
  ChangedSetting,
  KeyView,
  SettingsResponse,
  SettingsChange,
  SettingValue,
  SettingView,
} from '../../../../shared/contracts';
import type { Core, KeySource, SettingDescription, Settings } from '../../../../shared/core';
import type { Overrides, SettingsStore } from '../../stores/database/values/settings-store';
import { loadServerCore } from './load-core';
import { withCurrentNames, type RawOptions } from './options';
import { createResilientCore } from './resilient-core';

/** A refused change of settings; most messages are the core's own. */
export class SettingRefused extends Error {
  constructor(
    readonly field: string,
    message: string,
  ) {
    super(message);
  }
}

/** The key that seals stored tokens, with its source. */
export interface ResolvedKey {
  key: KeySource;
  source: KeyView['source'];
}

/** The current settings: config/plugins, with administrators' values on top. */
export interface LiveSettings {
  /** The core; each call uses the current settings. */
  readonly core: Core;
  /** Returns the current settings. */
  current(): Settings;
  /** Returns every option with its value, and the key by its public id. */
  describe(): SettingsResponse['data'];
  /** Returns the key by its public id. */
  key(): KeyView;
  /**
   * Sets options for every instance; they apply in this process once it resolves.
   *
   * @returns The options whose stored value changed, each with its values before and after.
   * @throws SettingRefused for the first invalid option; then nothing is changed.
   */
  change(change: SettingsChange['settings']): Promise<Record<string, ChangedSetting>>;
  /** Applies the stored settings, which another instance may have written. */
  refresh(): Promise<void>;
}

/** Dependencies of {@link createLiveSettings}. */
export interface LiveSettingsParts {
  /** The validated options of config/plugins. */
  options: RawOptions;
  key: ResolvedKey;
  store: SettingsStore;
  /** Receives a message for each stored value that is invalid, such as after a downgrade. */
  report: (message: string) => void;
}

/** Creates settings that start with those of config/plugins. */
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
  let lastJob: Promise<unknown> = Promise.resolve();
  const reported = new Set<string>();

  /** Runs one job after another: a read that began before a write must not revert it. */
  async function runExclusively<T>(job: () => Promise<T>): Promise<T> {
    const result = lastJob.then(job);
    lastJob = result.catch(() => undefined);
    return await result;
  }

  function apply(next: Overrides): void {
    if (JSON.stringify(next) === JSON.stringify(overrides)) return;
    const parsed = wasm.parseSettings({ ...options, ...next });
    live.replace(() => new wasm.Core(parsed, key.key));
    overrides = next;
    settings = parsed;
  }

  /** Leaves out values that the core refuses: one invalid value must not stop every login. */
  function validOverrides(stored: Overrides): Overrides {
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

  async function write(
    change: SettingsChange['settings'],
  ): Promise<Record<string, ChangedSetting>> {
    const stored: Record<string, SettingValue> = withCurrentNames(await store.read());
    // Another instance may have changed them since this one last read them.
    apply(validOverrides(stored));
    const before = settings;
    const next = { ...stored };
    for (const [name, value] of Object.entries(change)) {
      if (value === null) Reflect.deleteProperty(next, name);
      else next[name] = value;
    }
    await store.write(next);
    apply(validOverrides(next));
    const names = Object.keys(change).filter(
      (name) => !isDeepStrictEqual(next[name], stored[name]),
    );
    return changesOf(names, before, settings, next);
  }

  function view(option: SettingDescription): SettingView {
    const { name } = option;
    const given = isGiven(option, configuredValue(options, name));
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

    async change(given) {
      const change = withCurrentNames(given);
      for (const [name, value] of Object.entries(change)) check(name, value);
      return await runExclusively(() => write(change));
    },

    refresh: () =>
      runExclusively(async () => apply(validOverrides(withCurrentNames(await store.read())))),
  };
}

/** Returns the named options with their values before and after a change. */
function changesOf(
  names: readonly string[],
  before: Settings,
  after: Settings,
  overrides: Overrides,
): Record<string, ChangedSetting> {
  const changes: Record<string, ChangedSetting> = {};
  for (const name of names) {
    const [from, to] = [valueIn(before, name), valueIn(after, name)];
    if (from === null || to === null) continue;
    changes[name] = { from, to, ...(!(name in overrides) && { reset: true }) };
  }
  return changes;
}

/** Returns the value of an option in config/plugins; a name with a dot stands in an object. */
function configuredValue(options: RawOptions, name: string): unknown {
  const [group = '', own] = name.split('.');
  const value = options[group];
  if (own === undefined || typeof value !== 'object' || value === null) return options[name];
  return (value as RawOptions)[own] ?? options[name];
}

/** Tells whether config/plugins sets an option; `null` sets one only where it lifts a limit. */
function isGiven({ nullLifts }: SettingDescription, value: unknown): boolean {
  return value === null ? nullLifts : value !== undefined;
}

/** Returns an option's value; `null` for a secret. */
function valueIn(settings: Settings, name: string): SettingValue | null {
  const values = new Map<string, SettingValue>(Object.entries(settings));
  return values.get(name) ?? null;
}
