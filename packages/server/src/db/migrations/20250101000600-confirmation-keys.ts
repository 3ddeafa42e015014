import { datetime, id64, int, nullable, ref32, string, withDefault } from './support/columns.ts';
import type { Migration } from './support/migration.ts';
import { createTable, dropTable, type Table } from './support/table.ts';

/** FAM 1.x kept the keys of its XML-RPC methods in `accounts.confirmation_key`; FAM 2.1 has no such column. */
const confirmationKeys: Table = {
  name: 'dialtone_confirmation_keys',
  columns: {
    id: id64,
    account_id: ref32,
    purpose: string(16),
    confirmation_key: string(32),
    phone: nullable(string(64)),
    tries: withDefault(int, '0'),
    created_at: datetime,
    expires_at: nullable(datetime),
  },
  unique: [['account_id', 'purpose']],
  // A creation that waits is found again by the phone it was sent to; cleaning asks for old rows.
  index: [['phone'], ['expires_at']],
  foreign: [{ column: 'account_id', references: ['accounts', 'id'] }],
};

/** SMS sent to a phone in its current period. */
const smsQuotas: Table = {
  name: 'dialtone_sms_quotas',
  columns: {
    phone: string(64),
    period_started_at: datetime,
    sent: int,
  },
  primary: ['phone'],
};

export const confirmationKeysMigration: Migration = {
  name: '20250101000600-confirmation-keys',
  up: async (context) => {
    await createTable(context, confirmationKeys);
    await createTable(context, smsQuotas);
  },
  down: async (context) => {
    await dropTable(context, smsQuotas);
    await dropTable(context, confirmationKeys);
  },
};
