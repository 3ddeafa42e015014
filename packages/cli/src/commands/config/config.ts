import { loadEnvironment, readConfig } from '@dialtone/server';
import { Command, Option } from 'commander';
import {
  type DatabaseOptions,
  environmentOverrides,
  withDatabaseOptions,
} from '../../database-options.ts';
import { print } from '../../output/print.ts';
import { flexisipConfiguration } from './flexisip.ts';
import { kamailioConfiguration, SUBSCRIBER_VIEWS } from './kamailio.ts';

/** The parts of what a SIP server needs, in the order in which they are used. */
const SERVERS: Readonly<Record<string, (databaseUrl: string) => Readonly<Record<string, string>>>> =
  {
    flexisip: (url) => ({ configuration: flexisipConfiguration(url) }),
    kamailio: (url) => ({ views: SUBSCRIBER_VIEWS, configuration: kamailioConfiguration(url) }),
  };

interface Options extends DatabaseOptions {
  readonly json?: boolean;
  readonly only?: string;
}

export function configCommand(): Command {
  const command = new Command('config').description(
    'Configuration with which a SIP server reads the accounts of this database',
  );
  for (const [name, partsOf] of Object.entries(SERVERS)) {
    const part = new Option('--only <part>', 'one part, for a file').choices(
      Object.keys(partsOf('sqlite::memory:')),
    );
    command.addCommand(
      withDatabaseOptions(new Command(name))
        .description(`Lines for ${name}`)
        .addOption(part)
        .option('--json', 'print JSON')
        .action(({ json = false, only, ...options }: Options) => {
          const config = readConfig({ ...loadEnvironment(), ...environmentOverrides(options) });
          const parts = Object.entries(partsOf(config.data.databaseUrl)).filter(
            ([key]) => only === undefined || key === only,
          );
          print(Object.fromEntries(parts), json, () =>
            parts.map(([, lines]) => lines.trimEnd()).join('\n\n'),
          );
        }),
    );
  }
  return command;
}
