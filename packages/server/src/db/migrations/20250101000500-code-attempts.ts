import { int, ref32, ref64, string, withDefault } from './support/columns.ts';
import type { Migration } from './support/migration.ts';
import { createTable, dropTable, type Table } from './support/table.ts';

/** FAM counts wrong tries of recovery codes only (flexiapi-core.md §12 number 6). */
const codeAttempts: Table = {
  name: 'dialtone_code_attempts',
  columns: {
    account_id: ref32,
    kind: string(32),
    code_id: ref64,
    attempts: withDefault(int, '0'),
  },
  primary: ['account_id', 'kind'],
  foreign: [{ column: 'account_id', references: ['accounts', 'id'] }],
};

export const codeAttemptsMigration: Migration = {
  name: '20250101000500-code-attempts',
  up: (context) => createTable(context, codeAttempts),
  down: (context) => dropTable(context, codeAttempts),
};
