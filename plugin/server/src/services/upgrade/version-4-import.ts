import type { DeviceView } from '../../../../shared/contracts';
import { nowMs } from '../../clock';
import type { createDocumentIds } from '../../stores/database/document-ids';
import type {
  ImportedSessions,
  ImportProgress,
  TokenHash,
} from '../../stores/database/upgrade/imported-sessions';
import type { SessionRow } from '../../stores/database/sessions/session-row';
import type { StoredValue } from '../../stores/database/sql/stored-value';
import type {
  Version4Session,
  Version4Sessions,
} from '../../stores/database/upgrade/version-4-sessions';
import { deviceOf } from '../requests/device';
import { rowOfVersion4 } from './version-4-row';

/** Takes over the sessions of version 4 of the plugin. */
export interface Version4Import {
  /** Reads all rows, or the rest after an interrupted run; returns their number, `null` for no run. */
  run(): Promise<number | null>;
  /** Tells whether version 4 was here. */
  wasHere(): Promise<boolean>;
}

/** Dependencies of {@link createVersion4Import}. */
export interface Version4ImportParts {
  source: Version4Sessions;
  target: ImportedSessions;
  progress: StoredValue<ImportProgress | null>;
  documentIds: ReturnType<typeof createDocumentIds>;
  /** Derives the id of a session from the text that names its row. */
  sessionIdOf: (row: string) => string;
}

/** The number of rows of each commit; a statement binds 21 values a row. */
const PAGE = 500;

/** The number of user agents whose devices are kept. */
const MAX_DEVICES = 5000;

/** Creates the import. */
export function createVersion4Import(parts: Version4ImportParts): Version4Import {
  const { source, target, progress, documentIds, sessionIdOf } = parts;

  const devices = new Map<string | null, DeviceView>();

  /** Millions of sessions have a few thousand user agents. */
  function deviceIn(userAgent: string | null): DeviceView {
    const device = devices.get(userAgent) ?? deviceOf(userAgent);
    if (devices.size < MAX_DEVICES) devices.set(userAgent, device);
    return device;
  }

  async function takeOver(page: readonly Version4Session[]): Promise<number> {
    const users = await documentIds(page.map(({ userId }) => userId));
    const rows: SessionRow[] = [];
    const hashes: TokenHash[] = [];
    for (const session of page) {
      const { userId } = session;
      const userDocumentId = userId === null ? undefined : users.get(userId);
      if (userId === null || userDocumentId === undefined) continue;
      const sessionId = sessionIdOf(`version 4 session ${session.row}`);
      const facts = { device: deviceIn(session.userAgent), nowMs: nowMs() };
      rows.push(rowOfVersion4(session, { sessionId, userId, userDocumentId }, facts));
      for (const hash of [session.tokenHash, session.refreshTokenHash])
        if (hash !== null) hashes.push({ hash, userId, sessionId });
    }
    await target.insert(rows, hashes);
    return rows.length;
  }

  return {
    async run() {
      let { row, imported, isDone } = (await progress.read()) ?? NOTHING;
      if (isDone || !(await source.exists())) return null;
      while (!isDone) {
        const page = await source.after(row, PAGE);
        imported += await takeOver(page);
        row = page.at(-1)?.row ?? row;
        isDone = page.length === 0;
        await progress.write({ row, imported, isDone });
      }
      return imported;
    },

    wasHere: async () => (await progress.read()) !== null || (await source.exists()),
  };
}

const NOTHING: ImportProgress = { row: 0, imported: 0, isDone: false };
