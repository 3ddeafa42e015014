import { createIndex, dropIndex, type Index } from './support/index-ddl.ts';
import type { Migration } from './support/migration.ts';

const index = (table: string, ...columns: string[]): Index => ({
  name: `dialtone_${table}_${columns.join('_')}`,
  table,
  columns,
});

/** Look-ups that every request or login makes and for which FAM reads the whole table. */
const indexes: readonly Index[] = [
  index('provisioning_tokens', 'token'),
  index('auth_tokens', 'token'),
  index('opaques', 'opaque'),
  index('opaques', 'created_at'),
  index('accounts', 'phone'),
  index('reset_password_email_tokens', 'token'),
  index('accounts_tombstones', 'created_at'),
];

export const hotIndexes: Migration = {
  name: '20250101000100-hot-indexes',
  async up(context) {
    for (const one of indexes) await createIndex(context, one);
  },
  async down(context) {
    for (const one of indexes) await dropIndex(context, one);
  },
};
