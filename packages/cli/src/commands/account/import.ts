import { readFileSync } from 'node:fs';
import { createAccount, isServiceError, type Platform } from '@dialtone/server';
import { Command } from 'commander';
import { type DatabaseOptions, withDatabaseOptions } from '../../database-options.ts';
import { print } from '../../output/print.ts';
import { progressBar } from '../../output/progress-bar.ts';
import { explain } from '../../output/report-failure.ts';
import { UsageError } from '../../output/usage-error.ts';
import { parseAccountAddress } from '../../parse-account-address.ts';
import { resolveDomain } from '../../resolve-domain.ts';
import { withPlatform } from '../../with-platform.ts';

interface Options extends DatabaseOptions {
  readonly json?: boolean;
}

interface Row {
  readonly line: number;
  readonly address: string;
  readonly password: string;
  readonly displayName: string;
  readonly email: string;
  readonly phone: string;
}

const FORMAT = 'user@domain,password,display name,email,phone';

/** Reads the rows; an empty field is an absent one. @throws UsageError naming the line */
function readRows(file: string): Row[] {
  const rows: Row[] = [];
  for (const [index, text] of readFileSync(file, 'utf8').split(/\r?\n/).entries()) {
    if (text.trim() === '' || text.startsWith('#')) continue;
    const fields = text.split(',').map((field) => field.trim());
    if (fields.length > 5) {
      throw new UsageError(`${file}:${index + 1} has ${fields.length} fields; expected ${FORMAT}`);
    }
    const [address = '', password = '', displayName = '', email = '', phone = ''] = fields;
    rows.push({ line: index + 1, address, password, displayName, email, phone });
  }
  return rows;
}

async function importRow(platform: Platform, row: Row): Promise<void> {
  const { username, domain } = parseAccountAddress(row.address);
  await createAccount(platform, await resolveDomain(platform, domain), {
    username,
    password: row.password || undefined,
    displayName: row.displayName || undefined,
    email: row.email || undefined,
    phone: row.phone || undefined,
    activated: true,
    ipAddress: '127.0.0.1',
    userAgent: 'dialtone',
  });
}

export function importAccountsCommand(): Command {
  return withDatabaseOptions(new Command('import'))
    .description(`Create accounts from a file of lines "${FORMAT}"`)
    .argument('<file>', 'empty fields are left out; lines that start with # are skipped')
    .option('--json', 'print JSON')
    .action(async (file: string, options: Options) => {
      const rows = readRows(file);
      const refused: { line: number; address: string; reason: string }[] = [];
      await withPlatform(options, async (platform) => {
        const progress = progressBar('Creating accounts', rows.length);
        for (const row of rows) {
          try {
            await importRow(platform, row);
          } catch (error) {
            if (!isServiceError(error) && !(error instanceof UsageError)) throw error;
            refused.push({ line: row.line, address: row.address, reason: explain(error) });
          }
          progress.advance();
        }
        progress.end();
      });
      print({ created: rows.length - refused.length, refused }, options.json ?? false, () =>
        [
          `Created ${rows.length - refused.length} of ${rows.length} accounts.`,
          ...refused.map(({ line, address, reason }) => `  line ${line} ${address}: ${reason}`),
        ].join('\n'),
      );
      if (refused.length > 0) process.exitCode = 1;
    });
}
