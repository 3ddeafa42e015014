import { Command } from 'commander';
import { countOutboxCommand } from './count.ts';
import { listOutboxCommand } from './list.ts';
import { retryOutboxCommand } from './retry.ts';

export function outboxCommand(): Command {
  return new Command('outbox')
    .description('Mails, SMS and pushes: what waits, what was sent, what was given up and why')
    .addCommand(countOutboxCommand())
    .addCommand(listOutboxCommand())
    .addCommand(retryOutboxCommand());
}
