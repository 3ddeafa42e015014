import { reviveDeadMessages, toDbDate } from '@dialtone/server';
import { Command } from 'commander';
import { type DatabaseOptions, withDatabaseOptions } from '../../database-options.ts';
import { wholeNumber } from '../../input/whole-number.ts';
import { print } from '../../output/print.ts';
import { withPlatform } from '../../with-platform.ts';

export function retryOutboxCommand(): Command {
  return withDatabaseOptions(new Command('retry'))
    .description('Try dead messages again; a running server sends them')
    .argument('[id]', 'default: all of them', wholeNumber)
    .option('--json', 'print JSON')
    .action((id: number | undefined, options: DatabaseOptions & { readonly json?: boolean }) =>
      withPlatform(options, async ({ db, clock }) => {
        const revived = await reviveDeadMessages(db, toDbDate(clock.now()), { id });
        print({ revived }, options.json ?? false, () =>
          revived === 0 ? 'No dead message to try again.' : `${revived} to be tried again.`,
        );
      }),
    );
}
