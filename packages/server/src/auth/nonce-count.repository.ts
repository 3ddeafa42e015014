import type { Db } from '../db/database.ts';
import { prepareText } from '../db/prepared.ts';
import { versionOf } from '../db/sqlite.ts';
import { relaxedChain } from '../db/statement-chain.ts';
import type { StoredSession } from './digest-session.repository.ts';

interface RaisedCount {
  readonly id: number;
  readonly nonce: string;
  readonly nc: number;
  /** Stored only over a lower count than this: else somebody else was first. */
  readonly below: number;
}

const setNonceCount = prepareText<RaisedCount, unknown>((db, { id, nonce, nc, below }) =>
  db
    .updateTable('opaques')
    .set({ nc })
    .where('id', '=', id)
    // MySQL before 8.0 may give the id of a deleted session to another one, after a restart.
    .where('nonce', '=', nonce)
    .where('nc', '<', below),
);

/** Columns of FAM's tables end here; nobody sends two thousand million requests with one nonce. */
const highestStored = 0x7fff_ffff;

/** Counts stored ahead at most. What a process has left of them when it ends is lost: their next request gets a 401. */
const mostAhead = 64;

/**
 * Uses a nonce count of a session. False when this count, or a higher one, was used before, is absurdly
 * high, or the session is gone.
 *
 * The database decides, because it alone knows what all nodes have seen. Where it tells that nobody else
 * wrote (SQLite), a process that serves a session stores its count some requests ahead, ever more as it
 * goes on, and uses those without asking: others, and itself after a crash, take them as used.
 */
export async function raiseNonceCount(
  db: Db,
  session: StoredSession,
  nc: number,
): Promise<boolean> {
  if (nc > highestStored - mostAhead) return false;
  const before = versionOf(db, sessionTables);
  const version = before instanceof Promise ? await before : before;
  if (isStoredAhead(session, nc, version)) return use(session, nc);
  const ahead = version === undefined ? 0 : Math.min(session.requests, mostAhead);
  // Never lower than what is stored, which others take as used.
  const count = {
    nc: Math.max(nc + ahead, session.stored),
    below: Math.max(nc, session.stored + 1),
  };
  const { id, nonce } = session;
  const [stored] = await relaxedChain(db, [setNonceCount(db, { id, nonce, ...count })]);
  const isStored = stored?.changed === 1;
  if (isStored) {
    session.stored = count.nc;
    session.version = version;
  }
  // Another request of this session may have stored it in the same moment.
  return (isStored || isStoredAhead(session, nc, version)) && use(session, nc);
}

/**
 * Counts of sessions do not change its version (sqlite-file.ts); that sessions were deleted does. Those that
 * went with their account are asked for by nobody.
 */
const sessionTables = ['opaques'] as const;

function isStoredAhead(session: StoredSession, nc: number, version: number | undefined): boolean {
  return version !== undefined && version === session.version && nc <= session.stored;
}

/** The last word: of two requests with one count only one gets here first. */
function use(session: StoredSession, nc: number): boolean {
  if (nc <= session.used) return false;
  session.used = nc;
  session.requests += 1;
  return true;
}
