import { fam21 } from './20250101000000-fam-2-1.ts';
import { hotIndexes } from './20250101000100-hot-indexes.ts';
import { phoneCountries } from './20250101000200-phone-countries.ts';
import { outboxMigration } from './20250101000300-outbox.ts';
import { spaceDoorsMigration } from './20250101000400-space-doors.ts';
import { codeAttemptsMigration } from './20250101000500-code-attempts.ts';
import { confirmationKeysMigration } from './20250101000600-confirmation-keys.ts';
import type { Migration } from './support/migration.ts';

/** Every migration, in order of application. */
export const migrations: readonly Migration[] = [
  fam21,
  hotIndexes,
  phoneCountries,
  outboxMigration,
  spaceDoorsMigration,
  codeAttemptsMigration,
  confirmationKeysMigration,
];
