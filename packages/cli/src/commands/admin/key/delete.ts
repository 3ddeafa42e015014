import { deleteAdminKey } from '@dialtone/server';
import { Command } from 'commander';
import { type DatabaseOptions, withDatabaseOptions } from '../../../database-options.ts';
import { wholeNumber } from '../../../input/whole-number.ts';
import { print } from '../../../output/print.ts';
import { UsageError } from '../../../output/usage-error.ts';
import { withPlatform } from '../../../with-platform.ts';

export function deleteKeyCommand(): Command {
  return withDatabaseOptions(new Command('delete'))
    .description('Delete an API key of an administrator; it is refused from then on')
    .argument('<id>', 'as listed', wholeNumber)
    .option('--json', 'print JSON')
    .action((id: number, options: DatabaseOptions & { readonly json?: boolean }) =>
      withPlatform(options, async ({ db }) => {
        if (!(await deleteAdminKey(db, id))) {
          throw new UsageError(
            `No administrator has a key ${id}. List them: dialtone admin key list`,
          );
        }
        print({ id }, options.json ?? false, () => `Deleted the key ${id}.`);
      }),
    );
}
