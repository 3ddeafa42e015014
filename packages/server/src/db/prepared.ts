import type { CompiledQuery } from 'kysely';
import type { Db } from './database.ts';
import { engineOf } from './engine-of.ts';

type Value = string | number | null | undefined;

/** Values by name, or a list of them. */
type ValuesOf<Values> = { readonly [Name in keyof Values]: Value };

/** What can be compiled: any query of Kysely. */
interface Compilable<Row> {
  compile(): CompiledQuery<Row>;
}

/** A query whose text is made once; only the values change from run to run. */
export type PreparedQuery<Values, Row> = (db: Db, values: Values) => Promise<Row[]>;

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
 * given and how many, never at what they are. A list is for `in`.
 *
 * @example
 * const keysOf = prepare<{ readonly accountId: number }, Row>((db, { accountId }) =>
 *   db.selectFrom('api_keys').selectAll().where('account_id', '=', accountId),
 * );
 * const rows = await keysOf(db, { accountId: 1 });
 */
export function prepare<Values extends ValuesOf<Values>, Row>(
  build: (db: Db, values: Values) => Compilable<Row>,
): PreparedQuery<Values, Row> {
  const texts = new Map<string, CompiledQuery<Row>>();
  return async (db, values) => {
    const names = Object.keys(values).filter((name) => Reflect.get(values, name) !== undefined);
    const shape = `${engineOf(db)} ${Array.isArray(values) ? names.length : names.join()}`;
    let query = texts.get(shape);
    if (query === undefined) {
      query = build(db, standIns(values, names)).compile();
      if (texts.size < maxTexts) texts.set(shape, query);
    }
    // Kysely passes values through untouched, so the stand-ins come back as parameters.
    const parameters = query.parameters.map((parameter) =>
      parameter instanceof Placeholder ? Reflect.get(values, parameter.name) : parameter,
    );
    const { rows } = await db.executeQuery<Row>({ ...query, parameters });
    return rows;
  };
}

function standIns<Values extends object>(values: Values, names: readonly string[]): Values {
  const stands = names.map((name) => [name, new Placeholder(name)] as const);
  const made: unknown = Array.isArray(values)
    ? stands.map(([, stand]) => stand)
    : Object.fromEntries(stands);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the stand-ins are values to Kysely's types only until they are replaced
  return made as Values;
}
