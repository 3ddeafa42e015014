import { Command } from 'commander';
import { createAccountCommand } from './create.ts';
import { deleteAccountCommand } from './delete.ts';
import { importAccountsCommand } from './import.ts';
import { listAccountsCommand } from './list.ts';
import { setAccountCommand } from './set.ts';
import { showAccountCommand } from './show.ts';

export function accountCommand(): Command {
  return new Command('account')
    .description('Accounts, without HTTP')
    .addCommand(createAccountCommand())
    .addCommand(showAccountCommand())
    .addCommand(listAccountsCommand())
    .addCommand(setAccountCommand())
    .addCommand(deleteAccountCommand())
    .addCommand(importAccountsCommand());
}
