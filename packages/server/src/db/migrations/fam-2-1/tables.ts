import type { Table } from '../support/table.ts';
import { accountDataTables } from './account-data.ts';
import { accountsTables } from './accounts.ts';
import { frameworkLeftoversTables } from './framework-leftovers.ts';
import { spacesTables } from './spaces.ts';
import { statisticsTables } from './statistics.ts';
import { tokensTables } from './tokens.ts';

/** Every table of FAM 2.1, parents before children. */
export const famTables: readonly Table[] = [
  ...spacesTables,
  ...accountsTables,
  ...tokensTables,
  ...accountDataTables,
  ...statisticsTables,
  ...frameworkLeftoversTables,
];
