import { version } from '@dialtone/server';
import { Command } from 'commander';
import { accountCommand } from './commands/account/account.ts';
import { adminCommand } from './commands/admin/admin.ts';
import { configCommand } from './commands/config/config.ts';
import { maintenanceCommand } from './commands/maintenance/maintenance.ts';
import { doctorCommand } from './commands/doctor/doctor.ts';
import { migrateCommand } from './commands/migrate.ts';
import { outboxCommand } from './commands/outbox/outbox.ts';
import { provisionCommand } from './commands/provision.ts';
import { registerCommand } from './commands/register/register.ts';
import { serveCommand } from './commands/serve.ts';
import { spaceCommand } from './commands/space/space.ts';

/** The whole command line; nothing runs before `parseAsync`. */
export function buildProgram(): Command {
  return new Command('dialtone')
    .description('Accounts, configured phones and registrations for Linphone.')
    .version(version, '--version', 'print the version')
    .showHelpAfterError('(dialtone --help lists the commands)')
    .addCommand(serveCommand())
    .addCommand(spaceCommand())
    .addCommand(adminCommand())
    .addCommand(accountCommand())
    .addCommand(provisionCommand())
    .addCommand(registerCommand())
    .addCommand(migrateCommand())
    .addCommand(maintenanceCommand())
    .addCommand(outboxCommand())
    .addCommand(doctorCommand())
    .addCommand(configCommand());
}
