import { describe, expect, it } from 'vitest';
import { readConfig } from '../config/env.ts';
import { createLogger } from './logger.ts';
import { scrub } from './redact.ts';
import { buildTestApp } from '../testing/build-test-app.ts';

const secret = 'S3cr3tS3cr3tS3cr3tS3cr3tS3cr3tS3cr3tS3cr';
const config = readConfig({ DIALTONE_LOG_LEVEL: 'trace' });

function recorder() {
  const lines: string[] = [];
  const log = createLogger(config, { write: (line) => void lines.push(line) });
  return { log, text: () => lines.join('\n') };
}

describe('the log never holds', () => {
  it.each(['password', 'token', 'api_key', 'ha1', 'code', 'authorization', 'cookie', 'response'])(
    'the field %s',
    (field) => {
      const { log, text } = recorder();
      log.info({ [field]: secret, a: { [field]: secret, b: { [field]: secret } } }, 'x');
      expect(text()).not.toContain(secret);
      expect(text()).toContain('[redacted]');
    },
  );

  it('API key and authentication headers', () => {
    const { log, text } = recorder();
    const headers = { 'x-api-key': secret, authorization: secret, 'set-cookie': secret };
    log.info({ headers, req: { headers } }, 'x');
    expect(text()).not.toContain(secret);
  });

  it('properties that drivers hang on errors, nor values in their messages', () => {
    const { log, text } = recorder();
    const cause = new Error(`connect mysql://fam:${secret}@db failed`);
    const error = Object.assign(new Error(`Duplicate entry '${secret}' for key`, { cause }), {
      sql: `insert into api_keys values ('${secret}')`,
      parameters: [secret],
      code: 'ER_DUP_ENTRY',
    });
    log.error({ err: error }, 'x');
    expect(text()).not.toContain(secret);
    expect(text()).toContain('ER_DUP_ENTRY');
    expect(text()).toContain('Duplicate entry');
  });

  it.each([
    'GET /provisioning/AbCdEfGhIjKlM?reset_password=1',
    'https://sip.example.com/provisioning/qrcode/AbCdEfGhIjKlM',
    'see /reset_password/AbCdEfGhIjKlM0123',
    'token=AbCdEfGhIjKlM',
    '"password": "AbCdEfGhIjKlM"',
    'Authorization: Digest username="a", response="AbCdEfGhIjKlM"',
    'Bearer AbCdEfGhIjKlM.x.y',
    'redis://:AbCdEfGhIjKlM@host:6379',
    'postgres://fam:AbCdEfGhIjKlM@host/db',
  ])('the secret of %s', (text) => {
    expect(scrub(text)).not.toContain('AbCdEfGhIjKlM');
  });

  it('but not where an error is from', () => {
    const stack = 'Error: x\n    at proxy (file:///etc/provisioning/hooks.mjs:3:23)';
    expect(scrub(stack)).toBe(stack);
  });

  it('anything of a request but its pattern', async () => {
    const { log, text } = recorder();
    const test = await buildTestApp({ log });
    const account = await test.createAccount({ username: 'alice', password: secret });
    const key = await test.createKey(account);
    const token = 'AbCdEfGhIjKlM';
    await test.request({ url: `/provisioning/${token}?token=${secret}`, key });
    await test.request({ url: `/nothing/${token}` });
    await test.request({
      method: 'POST',
      url: '/api/accounts/me/password',
      key,
      body: { password: secret },
    });
    await test.close();
    expect(text()).toContain('/provisioning/:');
    for (const hidden of [token, secret, key]) expect(text()).not.toContain(hidden);
  });
});
