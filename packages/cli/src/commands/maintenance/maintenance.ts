import { maintenanceJobs } from '@dialtone/server';
import { Command } from 'commander';
import { jobCommand } from './job.ts';
import { runAllCommand } from './run-all.ts';

export function maintenanceCommand(): Command {
  const command = new Command('maintenance')
    .description('Remove what is too old; without --apply the commands only count')
    .addCommand(runAllCommand());
  for (const job of maintenanceJobs) command.addCommand(jobCommand(job));
  return command;
}
