import { type OutboxState, outboxStates } from '@dialtone/contract';
import { listMessages, presentMessage } from '@dialtone/server';
import { Command, Option } from 'commander';
import { type DatabaseOptions, withDatabaseOptions } from '../../database-options.ts';
import { wholeNumber } from '../../input/whole-number.ts';
import { printRows } from '../../output/print.ts';
import { withPlatform } from '../../with-platform.ts';

interface Options extends DatabaseOptions {
  readonly state?: OutboxState;
  readonly limit: number;
  readonly json?: boolean;
}

export function listOutboxCommand(): Command {
  return withDatabaseOptions(new Command('list'))
    .description('List messages, newest first, without what they say')
    .addOption(new Option('--state <state>', 'only those in this state').choices(outboxStates))
    .option('--limit <number>', 'at most so many', wholeNumber, 100)
    .option('--json', 'print JSON')
    .action(({ state, limit, json = false, ...options }: Options) =>
      withPlatform(options, async ({ db }) => {
        const rows = (await listMessages(db, { state }, limit)).map(presentMessage);
        printRows(rows, json, state === undefined ? 'No messages.' : `No ${state} messages.`);
      }),
    );
}
