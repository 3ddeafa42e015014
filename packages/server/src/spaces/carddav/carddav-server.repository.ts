import type { Selectable } from 'kysely';
import { toFlag } from '../../db/column-types.ts';
import type { Database, Db } from '../../db/database.ts';
import { fromDbDate, toDbDate } from '../../db/dates.ts';
import { insertReturningId } from '../../db/insert.ts';
import { prepare } from '../../db/prepared.ts';
import { whileUnchanged } from '../../db/while-unchanged.ts';

/** What can be set of a CardDAV directory. */
export interface CarddavServerFields {
  readonly enabled: boolean;
  readonly uri: string;
  /** Characters typed before a search begins. */
  readonly minCharacters: number;
  /** 0 = no limit. */
  readonly resultsLimit: number;
  readonly timeoutSeconds: number;
  readonly delayMs: number;
  /** Comma-separated vCard fields. */
  readonly fieldsForUserInput: string | undefined;
  readonly fieldsForDomain: string | undefined;
  readonly useExactMatchPolicy: boolean;
}

/** A CardDAV directory that the space announces to its phones. */
export interface CarddavServer extends CarddavServerFields {
  readonly id: number;
  readonly createdAt: number | undefined;
  readonly updatedAt: number | undefined;
}

const serversOfSpaces = prepare<readonly number[], Selectable<Database['space_carddav_servers']>>(
  (db, spaceIds) =>
    db
      .selectFrom('space_carddav_servers')
      .selectAll()
      .where('space_id', 'in', spaceIds)
      .orderBy('id'),
);

/** Directories of the given spaces in the order of creation, with the id of their space. */
export async function selectCarddavServers(
  db: Db,
  spaceIds: readonly number[],
): Promise<(CarddavServer & { readonly spaceId: number })[]> {
  if (spaceIds.length === 0) return [];
  const rows = await serversOfSpaces(db, spaceIds);
  return rows.map((row) => ({ spaceId: row.space_id, ...carddavServerFromRow(row) }));
}

/** The directories of a space, for its documents. */
export const carddavServersOfSpace = whileUnchanged(
  (db, spaceId: number): Promise<readonly CarddavServer[]> => selectCarddavServers(db, [spaceId]),
  (spaceId) => spaceId,
  { tables: ['space_carddav_servers', 'spaces'] },
);

export async function selectCarddavServer(
  db: Db,
  spaceId: number,
  id: number,
): Promise<CarddavServer | undefined> {
  const row = await db
    .selectFrom('space_carddav_servers')
    .selectAll()
    .where('space_id', '=', spaceId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row === undefined ? undefined : carddavServerFromRow(row);
}

export async function insertCarddavServer(
  db: Db,
  spaceId: number,
  fields: CarddavServerFields,
  now: number,
): Promise<number> {
  return insertReturningId(db, 'space_carddav_servers', {
    space_id: spaceId,
    ...columnsOf(fields),
    created_at: toDbDate(now),
    updated_at: toDbDate(now),
  });
}

export async function updateCarddavServer(
  db: Db,
  id: number,
  fields: CarddavServerFields,
  now: number,
): Promise<void> {
  await db
    .updateTable('space_carddav_servers')
    .set({ ...columnsOf(fields), updated_at: toDbDate(now) })
    .where('id', '=', id)
    .execute();
}

export async function deleteCarddavServer(db: Db, id: number): Promise<void> {
  await db.deleteFrom('space_carddav_servers').where('id', '=', id).execute();
}

function columnsOf(fields: CarddavServerFields) {
  return {
    enabled: toFlag(fields.enabled),
    uri: fields.uri,
    min_characters: fields.minCharacters,
    results_limit: fields.resultsLimit,
    timeout: fields.timeoutSeconds,
    delay: fields.delayMs,
    fields_for_user_input: fields.fieldsForUserInput ?? null,
    fields_for_domain: fields.fieldsForDomain ?? null,
    use_exact_match_policy: toFlag(fields.useExactMatchPolicy),
  };
}

/** The domain object of a row. */
export function carddavServerFromRow(
  row: Selectable<Database['space_carddav_servers']>,
): CarddavServer {
  return {
    id: row.id,
    enabled: row.enabled === 1,
    uri: row.uri,
    minCharacters: row.min_characters,
    resultsLimit: row.results_limit,
    timeoutSeconds: row.timeout,
    delayMs: row.delay,
    fieldsForUserInput: row.fields_for_user_input ?? undefined,
    fieldsForDomain: row.fields_for_domain ?? undefined,
    useExactMatchPolicy: row.use_exact_match_policy === 1,
    createdAt: row.created_at === null ? undefined : fromDbDate(row.created_at),
    updatedAt: row.updated_at === null ? undefined : fromDbDate(row.updated_at),
  };
}
