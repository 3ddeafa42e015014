import type { Db } from '../db/database.ts';
import { relaxedWrite } from '../db/relaxed-write.ts';

/** How many challenges may wait for an answer, and how often that is looked after. */
interface Bound {
  /** Newest rows among which an unanswered challenge is kept. */
  readonly keep: number;
  /** Challenges of this process from one look to the next. */
  readonly every: number;
}

interface Progress {
  begun: number;
  /** Up to this id nothing is unanswered any more: ids only grow. */
  sweptTo: number;
}

/**
 * Forgets the oldest challenges that nobody has answered. Whoever knows an address of an account gets
 * one for each request, so until maintenance comes (an hour, by default) a stranger could fill the
 * table. Sessions that were answered with the password stay for their time. An honest client answers
 * within seconds, long before so many others have asked. Every node may do so on one database.
 */
export function challengeBound({ keep, every }: Bound): (db: Db) => Promise<void> {
  const progress = new WeakMap<Db, Progress>();
  return async (db) => {
    const own = progress.get(db) ?? { begun: 0, sweptTo: 0 };
    progress.set(db, own);
    if (own.begun++ % every !== 0) return;
    const { newest } = await db
      .selectFrom('opaques')
      .select((select) => select.fn.max('id').as('newest'))
      .executeTakeFirstOrThrow();
    const from = own.sweptTo;
    const to = newest - keep;
    if (to <= from) return;
    await relaxedWrite(db, (trx) =>
      trx
        .deleteFrom('opaques')
        .where('id', '>', from)
        .where('id', '<=', to)
        .where('nc', '=', 0)
        .execute(),
    );
    own.sweptTo = Math.max(own.sweptTo, to);
  };
}

/** Some 30 MB at most; enough for a thousand new challenges a second, each open for over a minute. */
export const forgetOldChallenges = challengeBound({ keep: 100_000, every: 1000 });
