import type { OpenDatabase } from './database.ts';
import { famTables } from './migrations/fam-2-1/tables.ts';
import { SchemaError } from './schema-error.ts';

/** FAM's framework creates these and nothing reads them: a FAM database may lack them. */
const optional = new Set(['migrations', 'failed_jobs', 'password_resets', 'users']);

/**
 * Tells an empty or own database (false) from a FAM database seen for the first time (true).
 * @throws SchemaError `fam-schema-too-old` when tables or columns of FAM 2.1 are missing
 */
export async function checkFamSchema({ db }: OpenDatabase): Promise<boolean> {
  const found = await db.introspection.getTables({ withInternalKyselyTables: true });
  const columnsOf = new Map(
    found.map(({ name, columns }) => [name, new Set(columns.map((column) => column.name))]),
  );
  if (columnsOf.has('dialtone_migrations') || !columnsOf.has('accounts')) return false;
  const missing = famTables
    .filter(({ name }) => !optional.has(name))
    .flatMap(({ name, columns }) => {
      const present = columnsOf.get(name);
      if (present === undefined) return [name];
      return Object.keys(columns)
        .filter((column) => !present.has(column))
        .map((column) => `${name}.${column}`);
    });
  if (missing.length > 0) {
    throw new SchemaError(
      'fam-schema-too-old',
      `this is not a Flexisip Account Manager 2.1 database: ${missing.join(', ')} missing; ` +
        "upgrade it with that program's own migrations first",
    );
  }
  return true;
}
