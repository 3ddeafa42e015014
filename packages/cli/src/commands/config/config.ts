import { loadEnvironment, readConfig } from '@dialtone/server';
import { Command } from 'commander';
import {
  type DatabaseOptions,
  environmentOverrides,
  withDatabaseOptions,
} from '../../database-options.ts';
import { flexisipConfiguration } from './flexisip.ts';
import { kamailioConfiguration } from './kamailio.ts';

const PRINTERS = { flexisip: flexisipConfiguration, kamailio: kamailioConfiguration } as const;

export function configCommand(): Command {
  const command = new Command('config').description(
    'Configuration with which a SIP server reads the accounts of this database',
  );
  for (const [name, printer] of Object.entries(PRINTERS)) {
    command.addCommand(
      withDatabaseOptions(new Command(name))
        .description(`lines for ${name}`)
        .action((options: DatabaseOptions) => {
          const config = readConfig({ ...loadEnvironment(), ...environmentOverrides(options) });
          process.stdout.write(printer(config.data.databaseUrl));
        }),
    );
  }
  return command;
}
