import type { CompiledQuery } from 'kysely';
import type { Db } from './database.ts';
import type { Engine } from './database-url.ts';
import { engineOf } from './engine-of.ts';

type Value = string | number | null;

/** A query whose text is made once per engine; only the values change from run to run. */
export type PreparedQuery<Values, Row> = (db: Db, values: Values) => Promise<Row[]>;

/** What can be compiled: any query of Kysely. */
interface Compilable<Row> {
  compile(): CompiledQuery<Row>;
}

/** Stands where a value will be. */
class Placeholder {
  readonly name: string | number;

  constructor(name: string | number) {
    this.name = name;
  }
}

/**
 * Prepares a query that every request needs: building and compiling it costs several times what the
 * database takes to answer. `value('key')` stands for a value that each run gives.
 *
 * @example
 * const byKey = prepare<{ key: string }, Row>((db, value) =>
 *   db.selectFrom('api_keys').selectAll().where('key', '=', value('key')),
 * );
 * const [row] = await byKey(db, { key });
 */
export function prepare<Values extends { readonly [Name in keyof Values]: Value }, Row>(
  build: (
    db: Db,
    value: <Name extends keyof Values & string>(name: Name) => Values[Name],
  ) => Compilable<Row>,
): PreparedQuery<Values, Row> {
  const compiled = new Map<Engine, CompiledQuery<Row>>();
  return (db, values) => {
    const query = memoized(compiled, engineOf(db), () =>
      build(db, (name) => placeholder(name)).compile(),
    );
    return run(db, query, (name) => Reflect.get(values, name));
  };
}

/** The same for a query about any number of ids; one text for each number of them. */
export function prepareForIds<Row>(
  build: (db: Db, ids: readonly number[]) => Compilable<Row>,
): PreparedQuery<readonly number[], Row> {
  const compiled = new Map<string, CompiledQuery<Row>>();
  return (db, ids) => {
    const stand = (): number[] => ids.map((_id, index) => placeholder<number>(index));
    const key = `${engineOf(db)} ${ids.length}`;
    // Long lists are rare and of every length: not worth keeping.
    const query =
      ids.length > maxKeptIds
        ? build(db, stand()).compile()
        : memoized(compiled, key, () => build(db, stand()).compile());
    return run(db, query, (index) => ids[Number(index)]);
  };
}

const maxKeptIds = 100;

/** Kysely passes values through untouched, so the stand-in comes back among the parameters. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the place decides what it stands for
function placeholder<T>(name: string | number): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it is a value to Kysely's types only until it is replaced
  return new Placeholder(name) as never;
}

async function run<Row>(
  db: Db,
  query: CompiledQuery<Row>,
  valueOf: (name: string | number) => unknown,
): Promise<Row[]> {
  const parameters = query.parameters.map((parameter) =>
    parameter instanceof Placeholder ? valueOf(parameter.name) : parameter,
  );
  const { rows } = await db.executeQuery<Row>({ ...query, parameters });
  return rows;
}

function memoized<Key, T>(known: Map<Key, T>, key: Key, make: () => T): T {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}
