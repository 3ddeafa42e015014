import { existsSync } from 'node:fs';
import {
  type Config,
  databasePlace,
  databaseProblem,
  listSpaces,
  openDatabase,
  type Platform,
  readFigures,
  type Space,
} from '@dialtone/server';
import { checkClock } from './check-clock.ts';
import { checkSchema } from './check-schema.ts';
import { fail, type Finding, ok, warn } from './finding.ts';

type Database = ReturnType<typeof openDatabase>;

/** The database with what the other checks need; `spaces` is undefined when it could not be read. */
export interface DatabaseCheck {
  readonly findings: readonly Finding[];
  readonly database: Database | undefined;
  readonly spaces: readonly Space[] | undefined;
}

const CHECK = 'database';

/** Looks at the database without changing it. */
export async function checkDatabase(config: Config): Promise<DatabaseCheck> {
  const { databaseUrl } = config.data;
  const file = databaseUrl.startsWith('sqlite:') ? databaseUrl.slice('sqlite:'.length) : undefined;
  if (file !== undefined && file !== ':memory:' && !existsSync(file)) {
    const advice = 'Start the server once (npm start); it creates the database.';
    return none([warn(CHECK, `${file} does not exist yet`, advice)]);
  }
  const database = openDatabase(databaseUrl);
  const place = databasePlace(databaseUrl);
  try {
    const schema = await checkSchema(database);
    const about = [ok(CHECK, `${place} answers`), ...(await checkClock(database)), schema];
    if (schema.status !== 'ok') return { findings: about, database, spaces: undefined };
    const spaces = await listSpaces(database);
    const findings = [...about, ...checkSpaceRows(spaces), ...(await checkFigures(database))];
    return { findings, database, spaces };
  } catch (error) {
    await database.close().catch(() => {});
    const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
    const reason = typeof code === 'string' ? ` (${code})` : '';
    const { advice } = databaseProblem(databaseUrl, error);
    return none([fail(CHECK, `${place} cannot be used${reason}`, advice)]);
  }
}

function none(findings: readonly Finding[]): DatabaseCheck {
  return { findings, database: undefined, spaces: undefined };
}

function checkSpaceRows(spaces: readonly Space[]): readonly Finding[] {
  if (spaces.length === 0) {
    return [
      warn('spaces', 'there is none', 'Create one: dialtone space create DOMAIN --host HOST'),
    ];
  }
  const withoutDigest = spaces.filter(({ digest }) => digest === undefined);
  const findings = withoutDigest.map(({ domain }) =>
    warn(
      'spaces',
      `${domain} has no digest configuration: its accounts have no SIP passwords, and Flexisip finds none`,
      `Give it one, unless its accounts only use tokens: dialtone space digest ${domain}`,
    ),
  );
  return [ok('spaces', spaces.map(({ domain }) => domain).join(', ')), ...findings];
}

function count(n: number): string {
  return n === 1 ? '1 has' : `${n} have`;
}

async function checkFigures({ db }: Pick<Platform, 'db'>): Promise<readonly Finding[]> {
  const figures = await readFigures(db);
  const findings = [
    ok(
      'accounts',
      `${figures.accounts}, of which ${figures.usableAccounts} ${figures.usableAccounts === 1 ? 'is' : 'are'} activated and not blocked`,
    ),
  ];
  if (figures.administrators === 0) {
    findings.push(
      warn(
        'accounts',
        'none is an administrator: nobody can use the API of administrators',
        'Create one: dialtone admin create --username NAME --password PASSWORD',
      ),
    );
  }
  if (figures.accountsWithoutPassword > 0) {
    findings.push(
      warn(
        'accounts',
        `${count(figures.accountsWithoutPassword)} no password and cannot register`,
        'Let their owners recover it, or give them one: dialtone provision USER@DOMAIN --reset-password',
      ),
    );
  }
  if (figures.accountsWithoutSpace > 0) {
    findings.push(
      warn(
        'accounts',
        `${count(figures.accountsWithoutSpace)} a domain that no space serves`,
        'Create the space of that domain, or delete them.',
      ),
    );
  }
  if (figures.deadMessages > 0) {
    findings.push(
      warn(
        'outbox',
        `${figures.deadMessages} messages were given up after all attempts`,
        'See why: dialtone outbox list --state dead. Check mail and SMS settings, then: dialtone outbox retry',
      ),
    );
  }
  return findings;
}
