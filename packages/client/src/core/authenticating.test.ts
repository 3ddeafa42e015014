import { describe, expect, it, vi } from 'vitest';
import { Reason, RegistrationState } from '@dialtone/sip';
import {
  computeHa1,
  type DigestAlgorithm,
  parseCredentials,
  verifyResponse,
} from '@dialtone/sip/digest';
import { accept, type Answer, challenge, refuse } from '@dialtone/sip/testing';
import { AuthInfo } from '../auth-info/auth-info.ts';
import { AuthMethod } from '../auth-info/auth-method.ts';
import { HttpError } from '../http/http-error.ts';
import { coreFixture, type CoreFixture } from './testing/core-fixture.ts';

const REALM = 'sip.example.org';

/** A registrar that checks credentials of alice, password `secret`. */
function checking(
  algorithms: readonly DigestAlgorithm[] = ['MD5', 'SHA-256'],
  wrong: Answer = refuse(403),
): Answer {
  let n = 0;
  return (request, flow) => {
    const value = request.headers.get('Authorization');
    const credentials = value === undefined ? undefined : parseCredentials(value);
    n += 1;
    if (credentials?.algorithm === undefined) {
      return challenge({ algorithms, nonce: `nonce${n}` })(request, flow);
    }
    const { algorithm } = credentials;
    const ha1 = computeHa1({ algorithm, username: 'alice', realm: REALM, password: 'secret' });
    const right = verifyResponse(credentials, { method: request.method, ha1 });
    return (right ? accept() : wrong)(request, flow);
  };
}

async function authFixture(answer = checking(), config = ''): Promise<CoreFixture> {
  const f = await coreFixture({ config });
  f.links.registrar.answerAll(answer);
  return f;
}

function alice(
  fields: ConstructorParameters<typeof AuthInfo>[0] = { password: 'secret' },
): AuthInfo {
  return new AuthInfo({ username: 'alice', ...fields });
}

describe('register suite', () => {
  it('registration 30: a password in advance needs no question; a set algorithm decides', async () => {
    const f = await authFixture();
    f.core.addAuthInfo(alice({ password: 'secret', algorithm: 'SHA-256' }));
    await f.addConfig();
    expect(f.states).toEqual(['Progress', 'Ok']);
    expect(f.asked).toEqual([]);
    expect(f.links.registrar.lastRequest?.headers.get('Authorization')).toContain(
      'algorithm=SHA-256',
    );
  });

  it('registration 31: a clear password serves SHA-256, is hashed and forgotten', async () => {
    const f = await authFixture(checking(['SHA-256']));
    f.core.addAuthInfo(alice());
    await f.addConfig();
    expect(f.counts().Ok).toBe(1);
    const [info] = f.core.authInfoList;
    expect(info?.password).toBeNull();
    expect(info?.ha1).toMatch(/^[\da-f]{64}$/);
    const get = (key: string): string | undefined => f.config.getString('auth_info_0', key);
    expect([get('realm'), get('algorithm'), get('passwd')]).toEqual([REALM, 'SHA-256', undefined]);
    expect(get('ha1')).toBe(info?.ha1);
  });

  it.each(['MD5', 'SHA-256'] as const)('registration 32: a stored hash (%s)', async (algorithm) => {
    const f = await authFixture();
    const ha1 = computeHa1({ algorithm, username: 'alice', realm: REALM, password: 'secret' });
    f.core.addAuthInfo(alice({ ha1, realm: REALM, algorithm }));
    await f.addConfig();
    expect(f.counts().Ok).toBe(1);
    expect(f.asked).toEqual([]);
  });

  it('registration 33: MD5 forbidden and only an MD5 secret: not Ok, no question', async () => {
    const f = await authFixture(checking(['MD5']));
    f.core.digestAuthenticationPolicy = { allowMd5: false, allowNoQop: true };
    f.core.addAuthInfo(alice({ ha1: 'a'.repeat(32), realm: REALM, algorithm: 'MD5' }));
    await f.addConfig();
    await f.advance(5000);
    expect(f.counts().Ok).toBe(0);
    expect(f.asked).toEqual([]);
  });

  it('registration 34: supplied inside the callback: one question, never Failed', async () => {
    const f = await authFixture();
    f.onAsked = (info) => {
      expect(info.availableAlgorithms).toContain(info.algorithm);
      expect(info.username).toBe('alice');
      expect(info.realm).toBe(REALM);
      info.password = 'secret';
      f.core.addAuthInfo(info);
    };
    await f.addConfig();
    expect(f.counts()).toMatchObject({ Ok: 1, Failed: 0, Progress: 1 });
    expect(f.asked).toHaveLength(1);
  });

  it('registration 35: supplied after Failed', async () => {
    const f = await authFixture();
    const config = await f.addConfig();
    expect(f.counts()).toMatchObject({ Ok: 0, Failed: 1 });
    expect(config.error).toBe(Reason.Unauthorized);
    await f.advance(1000);
    f.core.addAuthInfo(alice());
    await f.settle();
    expect(f.counts()).toMatchObject({ Ok: 1, Failed: 1 });
    expect(f.asked).toHaveLength(1);
  });

  it('registration 36: wrong credentials supplied late', async () => {
    const f = await authFixture();
    await f.addConfig();
    f.core.addAuthInfo(alice({ password: 'wrong' }));
    await f.settle();
    expect(f.counts()).toMatchObject({ Failed: 2, Progress: 2, Ok: 0 });
    expect(f.asked).toHaveLength(2);
  });

  it('registration 37: no realm, no domain: works, and the file keeps only the hash', async () => {
    const f = await authFixture();
    f.core.addAuthInfo(alice());
    expect(f.config.getString('auth_info_0', 'passwd')).toBe('secret');
    await f.addConfig();
    expect(f.config.hasEntry('auth_info_0', 'passwd')).toBe(false);
    expect(f.config.hasEntry('auth_info_0', 'ha1')).toBe(true);
  });

  it('C13: the password stays in memory until the first success, and altogether on demand', async () => {
    const f = await authFixture(checking(['MD5'], refuse(403)));
    f.core.addAuthInfo(alice({ password: 'wrong', realm: REALM }));
    await f.addConfig();
    expect(f.core.authInfoList[0]?.password).toBe('wrong');
    const g = await authFixture(checking(), '[sip]\nstore_ha1_passwd=0\n');
    g.core.addAuthInfo(alice());
    await g.addConfig();
    expect(g.core.authInfoList[0]?.password).toBe('secret');
    expect(g.config.getString('auth_info_0', 'passwd')).toBe('secret');
  });

  it('registration 38: a user name with a space; another domain in the entry does not matter', async () => {
    const f = await coreFixture();
    f.links.registrar.answerNext(challenge());
    f.core.addAuthInfo(
      new AuthInfo({ username: 'al ice', password: 'secret', domain: 'elsewhere.example' }),
    );
    await f.addConfig({ identity: 'sip:al%20ice@sip.example.org' });
    expect(f.counts().Ok).toBe(1);
    const headers = f.links.registrar.lastRequest?.headers;
    expect(headers?.get('From')).toContain('sip:al%20ice@');
    expect(headers?.get('Authorization')).toContain('username="al ice"');
  });

  it('registration 39: a wrong password: asked at each retry, Failed once, 403 reported', async () => {
    const f = await authFixture(checking(), '[sip]\nrefresher_retry_after=500\n');
    f.core.addAuthInfo(alice({ password: 'wrong' }));
    const config = await f.addConfig();
    await f.advance(2000);
    expect(f.asked.length).toBeGreaterThanOrEqual(4);
    expect(f.counts()).toMatchObject({ Failed: 1, Progress: 1 });
    expect(config.errorInfo).toMatchObject({ code: 403, phrase: 'Forbidden', reason: 2 });
    expect(f.asked[0]?.password).toBe('wrong');
  });

  it('registration 40: then disabling ends it', async () => {
    const f = await authFixture(checking(), '[sip]\nrefresher_retry_after=500\n');
    f.core.addAuthInfo(alice({ password: 'wrong' }));
    const config = await f.addConfig();
    config.registerEnabled = false;
    await f.settle();
    const sent = f.links.registrar.requests.length;
    await f.advance(10_000);
    expect(f.links.registrar.requests).toHaveLength(sent);
    expect(f.counts().Progress).toBe(1);
  });

  it('registration 41: the same with a server that answers 401 for ever', async () => {
    const f = await authFixture(challenge(), '[sip]\nrefresher_retry_after=500\n');
    f.core.addAuthInfo(alice({ password: 'wrong' }));
    const config = await f.addConfig();
    await f.advance(2500);
    expect(f.asked.length).toBeGreaterThanOrEqual(4);
    expect(f.counts()).toMatchObject({ Failed: 1, Progress: 1 });
    expect(config.errorInfo.code).toBe(401);
  });

  it('registration 42: refreshed with authentication, asked once in all', async () => {
    const f = await authFixture();
    f.onAsked = (info) => {
      info.password = 'secret';
      f.core.addAuthInfo(info);
    };
    await f.addConfig({ expires: 1 });
    await f.advance(1000);
    expect(f.counts().Ok).toBe(2);
    expect(f.asked).toHaveLength(1);
  });

  it('registration 86, 87: the realm of the account lets a new Call-ID use the nonce', async () => {
    const f = await authFixture();
    f.core.addAuthInfo(alice());
    const config = f.makeConfig();
    config.realm = REALM;
    f.core.addProxyConfig(config);
    await f.settle();
    config.expires = 99;
    await f.settle();
    expect(f.links.registrar.requests).toHaveLength(3);
    expect(f.links.registrar.lastRequest?.headers.get('Authorization')).toContain('nc=00000002');
  });

  it('a new password without realm replaces the entry that has learnt its realm meanwhile', async () => {
    const f = await authFixture();
    f.core.addAuthInfo(alice());
    await f.addConfig();
    expect(f.core.authInfoList[0]?.realm).toBe(REALM);
    f.core.addAuthInfo(alice({ password: 'changed' }));
    expect(f.core.authInfoList.map(({ password }) => password)).toEqual(['changed']);
    f.core.removeAuthInfo(alice());
    expect(f.core.authInfoList).toEqual([]);
  });

  it('the older callback is called too', async () => {
    const f = await authFixture();
    const asked: unknown[] = [];
    f.core.addListener({ onAuthInfoRequested: (_core, ...rest) => asked.push(rest) });
    await f.addConfig();
    expect(asked).toEqual([[REALM, 'alice', 'sip.example.org']]);
  });

  it('an entry without any secret is refused', async () => {
    const f = await authFixture();
    f.core.addAuthInfo(new AuthInfo({ username: 'alice' }));
    expect(f.core.authInfoList).toEqual([]);
  });
});

describe('bearer', () => {
  const bearer: Answer = (request, flow) =>
    request.headers.get('Authorization') === 'Bearer token1'
      ? accept()(request, flow)
      : refuse(401, [
          'WWW-Authenticate',
          'Bearer realm="sip.example.org", authz_server="https://login.example.org"',
        ])(request, flow);

  it('registration 84: a token given before needs no question', async () => {
    const f = await authFixture(bearer);
    const info = alice({ realm: REALM });
    info.accessToken = { token: 'token1', expiresAt: 0 };
    f.core.addAuthInfo(info);
    await f.addConfig();
    expect(f.states).toEqual(['Progress', 'Ok']);
    expect(f.asked).toEqual([]);
  });

  it('registration 84: asked for with method Bearer and the authorization server', async () => {
    const f = await authFixture(bearer);
    const methods: number[] = [];
    f.core.addListener({
      onAuthenticationRequested: (_core, _info, method) => methods.push(method),
    });
    f.onAsked = (info) => {
      expect(info.authorizationServer).toBe('https://login.example.org');
      info.accessToken = { token: 'token1', expiresAt: 0 };
      f.core.addAuthInfo(info);
    };
    await f.addConfig();
    expect(f.states).toEqual(['Progress', 'Ok']);
    expect(methods).toEqual([AuthMethod.Bearer]);
  });

  /** What the token endpoint says, one after the other; undefined: it cannot be reached. */
  function tokenEndpoint(
    f: CoreFixture,
    ...answers: readonly (readonly [number, string] | undefined)[]
  ) {
    const left = [...answers];
    return vi.spyOn(f.core['parts'], 'http').mockImplementation(() => {
      const answer = left.shift();
      if (answer === undefined) return Promise.reject(new HttpError('http-io', 'unreachable'));
      const [status, text] = answer;
      const body = Buffer.from(text);
      return Promise.resolve({ status, headers: new Headers(), body, text: () => text, url: '' });
    });
  }

  function withEndedToken(): AuthInfo {
    const info = alice({ realm: REALM });
    info.accessToken = { token: 'old', expiresAt: 1 };
    info.refreshToken = { token: 'refresh', expiresAt: 0 };
    info.tokenEndpoint = 'https://login.example.org/token';
    return info;
  }

  it('a token endpoint that cannot be reached costs no token: tried again with the next REGISTER', async () => {
    const f = await authFixture(bearer);
    const http = tokenEndpoint(f, undefined, [503, ''], [200, '{"access_token":"token1"}']);
    f.core.addAuthInfo(withEndedToken());
    const config = await f.addConfig();
    expect(config.state).toBe(RegistrationState.Failed);
    expect(f.core.authInfoList[0]?.refreshToken?.token).toBe('refresh');
    await f.advance(61_000);
    await f.advance(61_000);
    expect(config.state).toBe(RegistrationState.Ok);
    expect(http).toHaveBeenCalledTimes(3);
    expect(f.asked).toEqual([]);
    expect(f.counts()).toMatchObject({ Progress: 1, Failed: 1, Ok: 1 });
  });

  it('a refresh token that is refused is forgotten, and the application asked', async () => {
    const f = await authFixture(bearer);
    tokenEndpoint(f, [400, '{"error":"invalid_grant"}']);
    f.core.addAuthInfo(withEndedToken());
    const config = await f.addConfig();
    await f.settle();
    expect(config.state).toBe(RegistrationState.Failed);
    expect(f.core.authInfoList[0]?.refreshToken).toBeNull();
    expect(f.asked).toHaveLength(1);
  });

  it('a token that ended and cannot be renewed is asked for again', async () => {
    const f = await authFixture(bearer);
    const info = alice({ realm: REALM });
    info.accessToken = { token: 'old', expiresAt: 1 };
    info.refreshToken = { token: 'refresh', expiresAt: 0 };
    f.core.addAuthInfo(info);
    const config = await f.addConfig();
    await f.settle();
    await f.settle();
    expect(f.asked).toHaveLength(1);
    expect(config.state).toBe(RegistrationState.Failed);
    const again = alice({ realm: REALM });
    again.accessToken = { token: 'token1', expiresAt: 0 };
    f.core.addAuthInfo(again);
    await f.settle();
    expect(config.state).toBe(RegistrationState.Ok);
  });
});
