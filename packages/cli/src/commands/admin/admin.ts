import { Command } from 'commander';
import { createAdminCommand } from './create.ts';
import { keyCommand } from './key/key.ts';
import { setAdminCommand } from './set.ts';

export function adminCommand(): Command {
  return new Command('admin')
    .description('Administrators and their API keys')
    .addCommand(createAdminCommand())
    .addCommand(setAdminCommand())
    .addCommand(keyCommand());
}
