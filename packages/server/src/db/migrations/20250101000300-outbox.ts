import {
  datetime,
  id64,
  int,
  longtext,
  nullable,
  ref64,
  string,
  text,
  withDefault,
} from './support/columns.ts';
import type { Migration } from './support/migration.ts';
import { createTable, dropTable, type Table } from './support/table.ts';

const outbox: Table = {
  name: 'dialtone_outbox',
  columns: {
    id: id64,
    kind: string(16),
    recipient: string(255),
    space_id: nullable(ref64),
    payload: longtext,
    state: withDefault(string(16), `'pending'`),
    attempts: withDefault(int, '0'),
    next_attempt_at: datetime,
    expires_at: nullable(datetime),
    last_error: nullable(text),
    sent_at: nullable(datetime),
    created_at: datetime,
    updated_at: datetime,
  },
  // The worker asks for due rows; cleaning asks for old ones.
  index: [['state', 'next_attempt_at'], ['created_at'], ['space_id']],
  foreign: [{ column: 'space_id', references: ['spaces', 'id'] }],
};

export const outboxMigration: Migration = {
  name: '20250101000300-outbox',
  up: (context) => createTable(context, outbox),
  down: (context) => dropTable(context, outbox),
};
