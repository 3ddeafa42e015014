import { Command } from 'commander';
import { createAdminCommand } from './create.ts';

export function adminCommand(): Command {
  return new Command('admin').description('Administrators').addCommand(createAdminCommand());
}
