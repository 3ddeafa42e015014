import { loadEnvironment } from '@dialtone/server';
import { Command } from 'commander';
import {
  type DatabaseOptions,
  environmentOverrides,
  withDatabaseOptions,
} from '../../database-options.ts';
import { print } from '../../output/print.ts';
import { examine } from './examine.ts';
import type { Finding, Status } from './finding.ts';

interface Options extends DatabaseOptions {
  readonly json?: boolean;
}

export function doctorCommand(): Command {
  return withDatabaseOptions(new Command('doctor'))
    .description('Check settings, database, addresses, SIP, mail and certificates; change nothing')
    .option('--json', 'print JSON')
    .action(async (options: Options) => {
      const { json = false } = options;
      const environment = { ...loadEnvironment(), ...environmentOverrides(options) };
      const findings = await examine(environment, (finding) => {
        if (!json) console.log(line(finding));
      });
      const count = (status: Status): number =>
        findings.filter((finding) => finding.status === status).length;
      const summary = { ok: count('ok'), warn: count('warn'), fail: count('fail') };
      print(
        { ...summary, findings },
        json,
        () => `\n${summary.ok} ok, ${summary.warn} to look at, ${summary.fail} failed`,
      );
      if (summary.fail > 0) process.exitCode = 1;
    });
}

function line({ check, status, text, advice }: Finding): string {
  const said = `${status.padEnd(4)}  ${check}: ${text}`;
  return advice === undefined ? said : `${said}\n      → ${advice}`;
}
