import { loadEnvironment, readConfig } from '@dialtone/server';
import { Command } from 'commander';
import {
  type DatabaseOptions,
  environmentOverrides,
  withDatabaseOptions,
} from '../../database-options.ts';
import { print } from '../../output/print.ts';
import { flexisipConfiguration } from './flexisip.ts';
import { kamailioConfiguration } from './kamailio.ts';

interface Options extends DatabaseOptions {
  readonly json?: boolean;
}

const PRINTERS = { flexisip: flexisipConfiguration, kamailio: kamailioConfiguration } as const;

export function configCommand(): Command {
  const command = new Command('config').description(
    'Configuration with which a SIP server reads the accounts of this database',
  );
  for (const [name, printer] of Object.entries(PRINTERS)) {
    command.addCommand(
      withDatabaseOptions(new Command(name))
        .description(`lines for ${name}`)
        .option('--json', 'print JSON')
        .action(({ json = false, ...options }: Options) => {
          const config = readConfig({ ...loadEnvironment(), ...environmentOverrides(options) });
          const configuration = printer(config.data.databaseUrl);
          print({ configuration }, json, () => configuration.trimEnd());
        }),
    );
  }
  return command;
}
