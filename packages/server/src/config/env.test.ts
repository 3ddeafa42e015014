import fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConfigError } from './config-error.ts';
import { loadEnvironment, readConfig } from './env.ts';

function faultsOf(environment: Record<string, string>): Record<string, string> {
  try {
    readConfig(environment);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return Object.fromEntries(error.faults.map(({ variable, message }) => [variable, message]));
  }
  return {};
}

describe('the configuration', () => {
  it('needs nothing: every setting has a default', () => {
    const config = readConfig({});
    expect(config.http).toMatchObject({ host: '0.0.0.0', port: 8080 });
    expect(config.data.databaseUrl).toBe('sqlite:data/dialtone.db');
    expect(config.app.rootHost).toBeUndefined();
    expect(config.expiry).toMatchObject({ apiKeyMinutes: 60, provisioningTokenMinutes: 0 });
    expect(config.mail.transport).toBe('log');
  });

  it('cannot be changed afterwards', () => {
    const config = readConfig({});
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.values(config).every((part) => Object.isFrozen(part))).toBe(true);
  });

  it('takes empty values for absent ones, as FAM’s .env has many', () => {
    expect(readConfig({ DIALTONE_PORT: '', APP_ROOT_HOST: ' ' })).toEqual(readConfig({}));
  });

  it('reads booleans and numbers in the usual spellings', () => {
    for (const [text, value] of [
      ['true', true],
      ['0', false],
      ['Off', false],
      ['yes', true],
    ] as const) {
      expect(readConfig({ DIALTONE_REGISTRAR: text }).sip.registrar).toBe(value);
    }
    expect(readConfig({ APP_PROVISIONING_TOKEN_EXPIRATION_MINUTES: '10' }).expiry).toMatchObject({
      provisioningTokenMinutes: 10,
    });
  });

  it('names every fault at once and says what would be right', () => {
    const faults = faultsOf({
      DIALTONE_PORT: '70000',
      APP_ALLOW_PHONE_NUMBER_USERNAME_ADMIN_API: 'maybe',
      ACCOUNT_USERNAME_REGEX: '(',
      DIALTONE_LOG_LEVEL: 'loud',
    });
    expect(faults).toMatchObject({
      DIALTONE_PORT: 'must be a whole number, from 0 to 65535, not "70000"',
      APP_ALLOW_PHONE_NUMBER_USERNAME_ADMIN_API: 'must be true or false, not "maybe"',
      ACCOUNT_USERNAME_REGEX: 'must be a regular expression, not "("',
    });
    expect(faultsOf({ DIALTONE_DATABASE: 'oracle://s3cret' })).toEqual({
      DIALTONE_DATABASE:
        'is not usable: a database URL starts with sqlite:, mysql:// or postgres://',
    });
    expect(faultsOf({ DIALTONE_TRUSTED_PROXIES: '10.0.0.0/8, proxy' })).toHaveProperty(
      'DIALTONE_TRUSTED_PROXIES',
    );
    expect(faults['DIALTONE_LOG_LEVEL']).toContain('must be one of trace, debug');
  });

  it('answers any values with a configuration or a ConfigError', () => {
    const names = [
      'DIALTONE_PORT',
      'DB_CONNECTION',
      'DB_DATABASE',
      'DB_HOST',
      'DB_PORT',
      'REDIS_DB',
    ];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), fc.string()), (environment) => {
        expect(typeof faultsOf(environment)).toBe('object');
      }),
      { numRuns: 100 },
    );
  });
});

describe('the database of a FAM .env', () => {
  const fam = { DB_DATABASE: 'flexiapi', DB_USERNAME: 'fam', DB_PASSWORD: 'p@ss/word' };

  it('is MySQL on this machine by default', () => {
    expect(readConfig(fam).data.databaseUrl).toBe(
      'mysql://fam:p%40ss%2Fword@127.0.0.1:3306/flexiapi',
    );
  });

  it('may be another server, engine, port or socket', () => {
    const pgsql = { ...fam, DB_CONNECTION: 'pgsql', DB_HOST: 'db.example.com' };
    expect(readConfig(pgsql).data.databaseUrl).toBe(
      'postgres://fam:p%40ss%2Fword@db.example.com:5432/flexiapi',
    );
    const socket = { ...fam, DB_PORT: '3307', DB_SOCKET: '/run/mysqld/mysqld.sock' };
    expect(readConfig(socket).data.databaseUrl).toContain(':3307/flexiapi?socketPath=%2Frun');
    const sqlite = { DB_CONNECTION: 'sqlite', DB_DATABASE: '/srv/fam.sqlite' };
    expect(readConfig(sqlite).data.databaseUrl).toBe('sqlite:/srv/fam.sqlite');
  });

  it('gives way to DIALTONE_DATABASE', () => {
    const config = readConfig({ ...fam, DIALTONE_DATABASE: 'sqlite::memory:' });
    expect(config.data.databaseUrl).toBe('sqlite::memory:');
  });
});

describe('the settings file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dialtone-env-'));
    vi.stubEnv('DIALTONE_ENV_FILE', join(folder, 'settings'));
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });

  it('may name values of its other lines, as FAM’s does; the environment wins', () => {
    const lines = 'APP_NAME="Our phones"\nMAIL_FROM_NAME="${APP_NAME}"\nMAIL_PASSWORD=a${b}\n';
    writeFileSync(join(folder, 'settings'), `${lines}APP_PROJECT_URL=https://example.org\n`);
    vi.stubEnv('APP_PROJECT_URL', 'https://other.example.org');
    expect(loadEnvironment()).toMatchObject({
      MAIL_FROM_NAME: 'Our phones',
      MAIL_PASSWORD: 'a${b}',
      APP_PROJECT_URL: 'https://other.example.org',
    });
  });

  it('is missed when it is named and not there', () => {
    expect(loadEnvironment).toThrow(/DIALTONE_ENV_FILE cannot be read: ".*settings" \(ENOENT\)/);
  });
});
