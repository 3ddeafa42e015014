import { once } from 'node:events';
import { Address } from '@dialtone/client';
import { systemClock, systemDns } from '@dialtone/sip';
import { Command, Option } from 'commander';
import { readTextFile } from '../../input/read-text-file.ts';
import { wholeNumber } from '../../input/whole-number.ts';
import { print } from '../../output/print.ts';
import { UsageError } from '../../output/usage-error.ts';
import { runTrial } from './run-trial.ts';
import { type TransportName, TRANSPORTS, type TrialRequest } from './trial.ts';

interface Options {
  readonly password?: string;
  readonly userid?: string;
  readonly server?: string;
  readonly expires: number;
  readonly transport?: TransportName;
  readonly ca?: string;
  readonly trace?: boolean;
  readonly stay?: boolean;
  readonly json?: boolean;
}

export function registerCommand(): Command {
  return new Command('register')
    .description('Try to register, tell each step, and unregister again')
    .argument('<sip:user@domain>', 'the address to register')
    .addOption(
      new Option('--password <password>', 'of the account').env('DIALTONE_REGISTER_PASSWORD'),
    )
    .option('--userid <name>', 'name for authentication, where it differs from the user')
    .option('--server <address>', 'host, host:port or SIP URI (default: the domain)')
    .option('--expires <seconds>', 'lifetime to ask for', wholeNumber, 3600)
    .addOption(
      new Option('--transport <name>', 'how to reach the server').choices(Object.keys(TRANSPORTS)),
    )
    .option('--ca <file>', 'trust the TLS authorities of this PEM file instead of the system’s')
    .option('--trace', 'print every SIP message, secrets masked')
    .option('--stay', 'stay registered until Ctrl-C')
    .option('--json', 'print JSON')
    .action(async (address: string, options: Options) => {
      const { json = false } = options;
      const result = await runTrial(await readRequest(address, options), {
        clock: systemClock,
        dns: systemDns(),
        trace: options.trace ?? false,
        say: (line) => {
          if (!json) console.log(line);
        },
        ...(options.stay === true && { stay: () => once(process, 'SIGINT') }),
      });
      if (json) print(result, true, () => '');
      if (!result.registered) process.exitCode = 1;
    });
}

async function readRequest(text: string, options: Options): Promise<TrialRequest> {
  const identity = Address.parse(/^sips?:/i.test(text) ? text : `sip:${text}`);
  if (identity === null || identity.username === null) {
    throw new UsageError(`"${text}" is no SIP address; write sip:user@domain.`);
  }
  return {
    identity,
    server: options.server,
    transport: options.transport,
    userid: options.userid,
    password: options.password,
    expiresSeconds: options.expires,
    rootsPem: options.ca === undefined ? undefined : await readTextFile(options.ca),
  };
}
