import { flag, ref64 } from './support/columns.ts';
import type { Migration } from './support/migration.ts';
import { createTable, dropTable, type Table } from './support/table.ts';

/** Settings of a space that FAM 2.1 has no column for; a space without a row has the defaults. */
const spaceDoors: Table = {
  name: 'dialtone_space_doors',
  columns: {
    space_id: ref64,
    provisioning_header_required: flag(1),
    xmlrpc: flag(1),
  },
  primary: ['space_id'],
  foreign: [{ column: 'space_id', references: ['spaces', 'id'] }],
};

export const spaceDoorsMigration: Migration = {
  name: '20250101000400-space-doors',
  up: (context) => createTable(context, spaceDoors),
  down: (context) => dropTable(context, spaceDoors),
};
