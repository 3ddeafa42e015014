import { checkFamSchema, type openDatabase, SchemaError, schemaStatus } from '@dialtone/server';
import { fail, type Finding, ok, warn } from './finding.ts';

const CHECK = 'schema';

/** Whether the tables are those of this version, or can be completed. */
export async function checkSchema(database: ReturnType<typeof openDatabase>): Promise<Finding> {
  const { upToDate, pending, applied } = await schemaStatus(database);
  if (upToDate) return ok(CHECK, 'up to date');
  try {
    await checkFamSchema(database);
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    const advice = 'docs/migrate-from-fam.md tells the whole way.';
    return fail(CHECK, error.message, advice);
  }
  return warn(
    CHECK,
    applied.length === 0 ? 'has no Dialtone tables yet' : `lacks ${pending.join(', ')}`,
    'Run "dialtone migrate" (back it up first), or start the server: it completes the schema.',
  );
}
