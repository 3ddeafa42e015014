import {
  loadEnvironment,
  readConfig,
  type RunningServer,
  startServer,
  unknownSettings,
} from '@dialtone/server';
import { Command, Option } from 'commander';
import {
  type DatabaseOptions,
  environmentOverrides,
  withDatabaseOptions,
} from '../database-options.ts';
import { announceFirstRun, prepareFirstRun } from '../first-run.ts';

interface Options extends DatabaseOptions {
  readonly host?: string;
  readonly port?: string;
  readonly sipHost?: string;
  readonly sipPort?: string;
  readonly registrar: boolean;
  readonly logLevel?: string;
  readonly firstRun?: boolean;
}

/** What the command line says instead of the environment. */
function overrides(options: Options): Readonly<Record<string, string>> {
  const said = {
    DIALTONE_HOST: options.host,
    DIALTONE_PORT: options.port,
    DIALTONE_SIP_HOST: options.sipHost,
    DIALTONE_SIP_PORT: options.sipPort,
    DIALTONE_REGISTRAR: options.registrar ? undefined : 'false',
    DIALTONE_LOG_LEVEL: options.logLevel,
  };
  return Object.fromEntries(
    Object.entries(said).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

export function serveCommand(): Command {
  return withDatabaseOptions(new Command('serve'))
    .description('Run the server: REST API, provisioning, XML-RPC and registrar')
    .option('--host <address>', 'address to listen on (DIALTONE_HOST)')
    .option('--port <number>', 'HTTP port, 0 for a free one (DIALTONE_PORT)')
    .option('--sip-host <address>', 'address of the registrar (DIALTONE_SIP_HOST)')
    .option('--sip-port <number>', 'its port, UDP and TCP (DIALTONE_SIP_PORT)')
    .option('--no-registrar', 'leave SIP to Flexisip or Kamailio')
    .option('--log-level <level>', 'trace, debug, info, warn, error or silent')
    .addOption(
      new Option('--first-run', 'in an empty database, create a space and an administrator'),
    )
    .action(async (options: Options) => {
      const environment = {
        ...loadEnvironment(),
        ...environmentOverrides(options),
        ...overrides(options),
      };
      for (const name of unknownSettings(environment)) {
        console.error(`${name} is no setting and changes nothing; docs/settings.md lists all.`);
      }
      const prepared = options.firstRun === true ? await prepareFirstRun(environment) : undefined;
      const server = await startServer(readConfig({ ...environment, ...prepared?.environment }));
      stopOnSignal(server);
      console.log(`listening ${server.url}`);
      if (server.sipUrl !== undefined) console.log(`listening ${server.sipUrl}`);
      if (prepared !== undefined) await announceFirstRun(server, prepared, options);
    });
}

function stopOnSignal(server: RunningServer): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      server.close().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}
