import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '@dialtone/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const dialtone = join(import.meta.dirname, '../../../bin/dialtone');

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dialtone-cli-'));
  await run('space', 'create', 'sip.example.org', '--super');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the real command on a database of this test's own. */
function run(...words: readonly (string | Readonly<Record<string, string>>)[]): Promise<Outcome> {
  const args = words.filter((word) => typeof word === 'string');
  const settings = Object.assign({}, ...words.filter((word) => typeof word !== 'string'));
  const env = { PATH: process.env['PATH'], DIALTONE_DATA: folder, ...settings };
  return new Promise((resolve) => {
    execFile(dialtone, args, { env, cwd: folder }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

const json = async (...args: readonly string[]): Promise<unknown> => {
  const { stdout, stderr } = await run(...args, '--json');
  expect(stderr).toBe('');
  return JSON.parse(stdout);
};

// Every command is a process of its own: on a busy machine a dozen of them take their time.
describe('dialtone', { timeout: 60_000 }, () => {
  it('creates spaces and lists them', async () => {
    expect(await json('space', 'create', 'sip.second.org', '--host', 'second.org')).toEqual({
      domain: 'sip.second.org',
      host: 'second.org',
      name: 'sip.second.org',
      super: false,
    });
    expect(await json('space', 'list')).toContainEqual(
      expect.objectContaining({ domain: 'sip.second.org', host: 'second.org' }),
    );
  });

  it('opens and closes doors of a space', async () => {
    expect(await json('space', 'doors', 'sip.second.org', '--provisioning-header', 'off')).toEqual({
      provisioning_header: false,
      xmlrpc: true,
      client_certificates: false,
    });
    await json('space', 'doors', 'sip.second.org', '--client-certificates', 'on');
    expect((await run('space', 'doors', 'sip.second.org')).stdout).toBe(
      'provisioning_header  off\nxmlrpc               on\nclient_certificates  on\n',
    );
  });

  it('gives a space of FAM what it needs to store passwords', async () => {
    const database = openDatabase(`sqlite:${join(folder, 'dialtone.db')}`);
    await database.db
      .deleteFrom('space_digest_authentication_configurations')
      .where('realm', '=', 'sip.second.org')
      .execute();
    await database.close();
    const account = ['account', 'create', 'zoe@sip.second.org', '--password', 'secret'] as const;
    expect((await run(...account)).stderr).toMatch(/dialtone space digest sip\.second\.org/);
    const digest = ['space', 'digest', 'sip.second.org'] as const;
    expect(await json(...digest, '--algorithm', 'MD5')).toEqual({
      realm: 'sip.second.org',
      algorithm: 'MD5',
    });
    expect(await json(...digest, '--realm', 'other')).toMatchObject({ realm: 'other' });
    await json(...account);
    expect((await run(...digest, '--realm', 'third')).stderr).toMatch(/cannot be changed/);
    expect(await json(...digest)).toEqual({ realm: 'other', algorithm: 'MD5' });
  });

  it('sets, shows and removes the OpenID Connect provider of a space', async () => {
    const oidc = ['space', 'oidc', 'sip.second.org'] as const;
    for (const command of ['oidc', 'doors', 'digest']) {
      expect((await run('space', command, 'nowhere.org')).stderr).toMatch(/^There is no space for/);
    }
    expect(await json(...oidc)).toBeNull();
    expect((await run(...oidc, '--realm', 'r')).stderr).toContain('server URL field is required');
    const secret = join(folder, 'secret');
    writeFileSync(secret, 'hush\n');
    const server = ['--server-url', 'https://sso.example.org', '--realm', 'r'];
    const client = ['--client-id', 'dialtone', '--client-secret-file', secret];
    expect(await json(...oidc, ...server, ...client)).toMatchObject({
      server_url: 'https://sso.example.org/',
      client_secret: 'set',
      public_key: 'of the provider',
    });
    expect((await run(...oidc, '--auto-provisioning', 'on')).stderr).toContain('role');
    expect((await run(...oidc)).stdout).toMatch(/^realm +r$[^]*^auto_provisioning +off$/m);
    expect(await json(...oidc, '--remove')).toBeNull();
    expect(await json(...oidc)).toBeNull();
  });

  it('creates an administrator with an API key', async () => {
    const made = await json('admin', 'create', '--username', 'root', '--password', 'secret');
    expect(made).toEqual({
      id: expect.any(Number),
      username: 'root',
      domain: 'sip.example.org',
      api_key: expect.stringMatching(/^\w{40}$/),
    });
  });

  it('makes, lists and deletes API keys of administrators', async () => {
    await json('account', 'create', 'user@sip.second.org', '--password', 'secret');
    const create = ['admin', 'key', 'create'] as const;
    const refused = await run(...create, 'user@sip.second.org');
    expect(refused.stderr).toMatch(/no administrator.*dialtone admin set user@sip\.second\.org/);
    await json('admin', 'set', 'user@sip.second.org');
    const made = ['user@sip.second.org', '--name', 'cron', '--expires-after', '30'];
    expect(await json(...create, ...made)).toMatchObject({
      name: 'cron',
      api_key: expect.stringMatching(/^\w{40}$/),
    });
    const list = ['admin', 'key', 'list'] as const;
    const listed = await run(...list, 'sip.second.org', '--json');
    const date = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/);
    const keys: { id: number }[] = JSON.parse(listed.stdout);
    expect(keys).toEqual([
      {
        id: expect.any(Number),
        name: 'cron',
        account: 'user@sip.second.org',
        admin: true,
        created_at: date,
        last_used_at: date,
        requests: 0,
        expires_after_minutes: 30,
      },
    ]);
    const id = String(keys[0]?.id);
    expect((await run('admin', 'key', 'delete', id)).stdout).toBe(`Deleted the key ${id}.\n`);
    expect((await run('admin', 'key', 'delete', id)).code).toBe(1);
    expect(await json(...list)).toMatchObject([{ account: 'root@sip.example.org' }]);
  });

  it('shows the outbox and tries dead messages again', async () => {
    expect(await json('outbox', 'count')).toMatchObject({ pending: 0, dead: 0 });
    expect((await run('outbox', 'list', '--state', 'dead')).stdout).toBe('No dead messages.\n');
    expect((await run('outbox', 'list', '--state', 'lost')).stderr).toContain('Allowed choices');
    const { db, close } = openDatabase(`sqlite:${join(folder, 'dialtone.db')}`);
    await db
      .insertInto('dialtone_outbox')
      .values({
        kind: 'sms',
        recipient: '+33612345678',
        payload: '{"text":"code 1234"}',
        state: 'dead',
        attempts: 12,
        last_error: 'SMS provider answered 500',
        next_attempt_at: '2026-01-01 00:00:00',
        created_at: '2026-01-01 00:00:00',
        updated_at: '2026-01-01 00:00:00',
      })
      .execute();
    const listed = await run('outbox', 'list');
    expect(listed.stdout).toMatch(/\+33612345678 .*dead .*SMS provider answered 500/);
    expect(listed.stdout).not.toContain('1234"');
    expect(await json('outbox', 'retry')).toEqual({ revived: 1 });
    expect((await run('outbox', 'retry', '1')).stdout).toBe('No dead message to try again.\n');
    expect(await json('outbox', 'count')).toMatchObject({ pending: 1, dead: 0 });
    await close();
  });

  it('creates, shows, lists and deletes accounts', async () => {
    await json('account', 'create', 'alice', '--password', 'secret', '--display-name', 'Alice');
    const alice = await json('account', 'show', 'alice@sip.example.org');
    expect(alice).toMatchObject({ username: 'alice', display_name: 'Alice', activated: true });
    expect(await json('account', 'list')).toContainEqual(alice);
    const set = ['account', 'set', 'alice'] as const;
    const changes = ['--email', 'alice@mail.example', '--blocked', 'yes', '--password', 'new'];
    expect(await json(...set, ...changes, '--display-name', '')).toMatchObject({
      email: 'alice@mail.example',
      display_name: null,
      blocked: true,
      activated: true,
    });
    expect(await json(...set, '--blocked', 'no')).toMatchObject({
      email: 'alice@mail.example',
      blocked: false,
    });
    expect((await run(...set, '--email', 'no mail')).stderr).toMatch(/no email/);
    await json('account', 'delete', 'sip:alice@sip.example.org');
    const gone = await run('account', 'show', 'alice');
    expect([gone.code, gone.stderr]).toEqual([
      1,
      'There is no account alice@sip.example.org. List them: dialtone account list sip.example.org\n',
    ]);
  });

  it('imports accounts and names the lines it refuses', async () => {
    const file = join(folder, 'accounts.csv');
    writeFileSync(file, '# ours\nbob,secret,Bob\nBad Name,secret\ncarol@sip.example.org,,Carol\n');
    const { code, stdout } = await run('account', 'import', file, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      created: 2,
      refused: [{ line: 3, address: 'Bad Name', reason: expect.any(String) }],
    });
  });

  it('imports what spreadsheets write, and goes on after a line that no database can hold', async () => {
    const file = join(folder, 'spreadsheet.csv');
    const lines = [
      'fay,"pass, ""word"" ","Fay, Ltd"',
      `gus,secret,${'x'.repeat(256)}`,
      'hal,sec"ret',
    ];
    writeFileSync(file, `\uFEFF${lines.join('\r\n')}\r\n`);
    const { stdout } = await run('account', 'import', file, '--json');
    expect(JSON.parse(stdout)).toMatchObject({ created: 2, refused: [{ line: 2 }] });
    expect(await json('account', 'show', 'fay')).toMatchObject({ display_name: 'Fay, Ltd' });
    const database = openDatabase(`sqlite:${join(folder, 'dialtone.db')}`);
    const stored = await database.db
      .selectFrom('passwords')
      .innerJoin('accounts', 'accounts.id', 'account_id')
      .select(['username', 'password'])
      .execute();
    await database.close();
    const ha1 = (username: string, password: string) =>
      createHash('sha256').update(`${username}:sip.example.org:${password}`).digest('hex');
    expect(stored).toContainEqual({ username: 'fay', password: ha1('fay', 'pass, "word" ') });
    expect(stored).toContainEqual({ username: 'hal', password: ha1('hal', 'sec"ret') });
  });

  it('imports nothing of a file that it cannot read', async () => {
    const file = join(folder, 'broken.csv');
    writeFileSync(file, 'ivy,secret\nian,"secret\n');
    expect((await run('account', 'import', file)).stderr).toMatch(/broken\.csv:\d+ cannot be read/);
    writeFileSync(file, Buffer.from('ivy,secret,J\xe9r\xf4me\n', 'latin1'));
    expect((await run('account', 'import', file)).stderr).toMatch(/no text in UTF-8/);
    expect((await run('account', 'show', 'ivy')).code).toBe(1);
  });

  it('shows the document of an account without making a URL', async () => {
    await run('account', 'create', 'erin', '--password', 'secret', '--display-name', 'Erin');
    const { stdout, code } = await run('provision', 'erin', '--preview');
    expect(code).toBe(0);
    expect(stdout).toContain(
      '<entry name="reg_identity" overwrite="true">"Erin" &lt;sip:erin@sip.example.org&gt;</entry>',
    );
    expect(stdout).toMatch(/config-uri.*\/provisioning\/me</);
    expect(stdout).toContain('(hidden)');
    expect(stdout).toMatch(/^\* Phones older than 5\.2 send no x-linphone-provisioning/m);
    expect(await json('provision', 'erin', '--preview')).toMatchObject({
      notes: expect.arrayContaining([expect.objectContaining({ code: 'preview.door_closed' })]),
    });
  });

  it('shows where a hook fails', async () => {
    const file = join(folder, 'hooks.mjs');
    writeFileSync(
      file,
      `export const hooks = { provisioning: { proxy() {\n throw Error('no') } } }`,
    );
    await run('account', 'create', 'hanna');
    const settings = { DIALTONE_PROVISIONING_HOOKS: file };
    const { stderr, code } = await run('provision', 'hanna', '--preview', settings);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^hook provisioning\.proxy failed: Error: no\n.*hooks\.mjs:2:8/);
  });

  it('makes provisioning URLs, as a QR code too', async () => {
    await run('account', 'create', 'dave');
    const made = await json('provision', 'dave', '--base-url', 'https://sip.example.org/');
    expect(made).toEqual({
      url: expect.stringMatching(/^https:\/\/sip\.example\.org\/provisioning\/\w{13}$/),
      token: expect.any(String),
      expires_at: null,
    });
    expect((await run('provision', 'dave', '--qr', '--reset-password')).stdout).toMatch(
      /█[\s\S]*\?reset_password=1\n$/,
    );
  });

  it('says what is wrong, and changes nothing', async () => {
    const taken = await run('space', 'create', 'sip.example.org');
    expect([taken.code, taken.stdout]).toEqual([1, '']);
    expect(taken.stderr).toMatch(/already been taken/);
    expect((await run('account', 'create', 'a@b@c')).stderr).toMatch(/no SIP address/);
    expect((await run('account', 'create', 'x@elsewhere.org')).stderr).toMatch(/There is no space/);
    expect((await run('nonsense')).stderr).toMatch(/unknown command/);
    expect((await run('account', 'create', 'x', '--email', 'no mail')).stderr).toMatch(/no email/);
    expect((await run('account', 'list', '--limit', 'few')).stderr).toMatch(/whole number/);
    expect((await run('account', 'import', 'missing.csv')).stderr).toBe(
      'Cannot read missing.csv (ENOENT).\n',
    );
    expect((await run('space', 'create', 'https://sip.example.org')).stderr).toMatch(/no scheme/);
    expect((await run('provision', 'dave', '--base-url', 'host')).stderr).toMatch(/Write a URL/);
    expect((await run('account', 'list', '--database', 'sqlite:new.db')).stderr).toMatch(
      /no space yet in \/.*\/new\.db/,
    );
    const unreachable = await run('space', 'list', '--database', 'mysql://u:p@127.0.0.1:1/x');
    expect(unreachable.stderr).toMatch(/Cannot use the database/);
    expect(unreachable.stderr).not.toMatch(/\n\s+at /);
  });

  it('says what to do with a file that is no database, whoever opens it', async () => {
    writeFileSync(join(folder, 'damaged.db'), 'x'.repeat(5000));
    for (const command of ['serve', 'migrate', 'doctor']) {
      const { code, stdout, stderr } = await run(command, '--database', 'sqlite:damaged.db');
      expect(code).toBe(1);
      expect(stdout + stderr).toMatch(/The file is damaged/);
    }
  });

  it('takes the settings file that is named, and misses it aloud', async () => {
    const { code, stderr } = await run('space', 'list', { DIALTONE_ENV_FILE: 'missing.env' });
    expect([code, stderr]).toEqual([
      1,
      'The configuration has a fault:\n  DIALTONE_ENV_FILE cannot be read: "missing.env" (ENOENT)\n',
    ]);
  });

  it('prints what SIP servers need, never a password', async () => {
    const database = 'mysql://flexisip:hush@127.0.0.1/flexisip';
    const flexisip = await run('config', 'flexisip', '--database', database);
    expect(flexisip.stdout).toContain('soci-backend=mysql');
    const kamailio = await run('config', 'kamailio', '--database', database);
    expect(kamailio.stdout).toContain('mysql://flexisip:PASSWORD@127.0.0.1/flexisip');
    expect(flexisip.stdout + kamailio.stdout).not.toContain('hush');
    // They run elsewhere: a relative path would be another file.
    expect((await run('config', 'flexisip')).stdout).toContain(`db=${folder}/dialtone.db\n`);
  });
});
