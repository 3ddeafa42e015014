import { Command } from 'commander';
import { createAdminCommand } from './create.ts';
import { setAdminCommand } from './set.ts';

export function adminCommand(): Command {
  return new Command('admin')
    .description('Administrators')
    .addCommand(createAdminCommand())
    .addCommand(setAdminCommand());
}
