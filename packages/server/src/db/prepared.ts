import type { CompiledQuery, QueryResult } from 'kysely';
import type { Db } from './database.ts';
import type { Engine } from './database-url.ts';
import { engineOf } from './engine-of.ts';
import { runNow } from './sqlite.ts';

/** What a statement can be given. */
export type Value = string | number | null | undefined;

/** Values by name, or a list of them. */
export type ValuesOf<Values> = { readonly [Name in keyof Values]: Value };

/** What can be compiled: any query of Kysely. */
interface Compilable<Row> {
  compile(): CompiledQuery<Row>;
}

/** Makes the query once; the values are stand-ins then. */
export type Build<Values, Row> = (db: Db, values: Values) => Compilable<Row>;

/** A query whose text is made once; only the values change from run to run. */
export type PreparedQuery<Values, Row> = (db: Db, values: Values) => Promise<Row[]>;

/** A prepared `insert`, `update` or `delete`. */
export type PreparedWrite<Values> = (db: Db, values: Values) => Promise<WriteResult>;

export interface WriteResult {
  /** Rows that the statement changed, were it only to the same values. */
  readonly changed: number;
}

/** Texts kept per query; lists of ever new lengths are compiled each time once there are so many. */
const maxTexts = 200;

/** Stands where a value will be. */
class Placeholder {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/**
 * Prepares a query that many requests need: building and compiling it costs several times what the
 * database takes to answer. `build` gets stand-ins for the values: it may look at which ones are
 * given and how many, never at what they are. A list is for `in`. Write limits as literals
 * (`sql.lit`): SQLite plans a statement anew for each value of a bound limit.
 *
 * @example
 * const keysOf = prepare<{ readonly accountId: number }, Row>((db, { accountId }) =>
 *   db.selectFrom('api_keys').selectAll().where('account_id', '=', accountId),
 * );
 * const rows = await keysOf(db, { accountId: 1 });
 */
export function prepare<Values extends ValuesOf<Values>, Row>(
  build: Build<Values, Row>,
): PreparedQuery<Values, Row> {
  const run = prepareStatement(build);
  return async (db, values) => (await run(db, values)).rows;
}

/** Prepares a statement that changes rows, as `prepare` does a query. */
export function prepareWrite<Values extends ValuesOf<Values>>(
  build: Build<Values, unknown>,
): PreparedWrite<Values> {
  const run = prepareStatement(build);
  return async (db, values) => writeResult(await run(db, values));
}

/** What is told of a write. */
export function writeResult({ numAffectedRows = 0n }: QueryResult<unknown>): WriteResult {
  return { changed: Number(numAffectedRows) };
}

/** Prepares any statement; its runs give all that the driver says. */
export function prepareStatement<Values extends ValuesOf<Values>, Row>(
  build: Build<Values, Row>,
): (db: Db, values: Values) => QueryResult<Row> | Promise<QueryResult<Row>> {
  const compile = prepareText(build);
  return (db, values) => {
    const query = compile(db, values);
    return runNow(db, query) ?? db.executeQuery(query);
  };
}

/** Prepares the text of a statement; each call gives it with other values. */
export function prepareText<Values extends ValuesOf<Values>, Row>(
  build: Build<Values, Row>,
): (db: Db, values: Values) => CompiledQuery<Row> {
  const texts: Text<Row>[] = [];
  return (db, values) => {
    const engine = engineOf(db);
    const known = texts.find((text) => text.engine === engine && hasNames(values, text.names));
    const { query, places } = known ?? write(db, engine, values);
    const parameters = places.map((place) =>
      place instanceof Placeholder ? Reflect.get(values, place.name) : place,
    );
    const { sql, query: node, queryId } = query;
    return { sql, query: node, queryId, parameters };
  };

  function write(db: Db, engine: Engine, values: Values): Text<Row> {
    const names = givenNames(values);
    const query = build(db, standIns(values, names)).compile();
    // Kysely passes values through untouched, so the stand-ins come back as parameters.
    const text = { engine, names, query, places: query.parameters };
    if (texts.length < maxTexts) texts.push(text);
    return text;
  }
}

/** A text for one engine and the values that were given. */
interface Text<Row> {
  readonly engine: Engine;
  readonly names: readonly string[];
  readonly query: CompiledQuery<Row>;
  /** What its parameters are: values, or where they come from. */
  readonly places: readonly unknown[];
}

function givenNames(values: object): string[] {
  return Object.keys(values).filter((name) => Reflect.get(values, name) !== undefined);
}

/** Whether exactly these values are given, and in this order; of a list, whether it is as long. */
function hasNames(values: object, names: readonly string[]): boolean {
  if (Array.isArray(values)) return values.length === names.length;
  let found = 0;
  for (const name of Object.keys(values)) {
    if (Reflect.get(values, name) === undefined) continue;
    if (name !== names[found++]) return false;
  }
  return found === names.length;
}

function standIns<Values extends object>(values: Values, names: readonly string[]): Values {
  const stands = names.map((name) => [name, new Placeholder(name)] as const);
  const made: unknown = Array.isArray(values)
    ? stands.map(([, stand]) => stand)
    : Object.fromEntries(stands);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the stand-ins are values to Kysely's types only until they are replaced
  return made as Values;
}
