import {
  type DigestAlgorithm,
  computeHa1,
  parseCredentials,
  serializeChallenge,
  verifyResponse,
} from '@dialtone/sip/digest';
import type { Reply, SeenRequest } from './serve-http.ts';

/** Answers 401 to a request that does not prove its identity; undefined lets it pass. */
export type Guard = (request: SeenRequest) => Reply | undefined;

/** Digest with a fresh nonce for every answer, each good once. */
export function digestGuard(options: {
  readonly username: string;
  readonly password: string;
  readonly realm?: string;
  readonly algorithm?: DigestAlgorithm;
}): Guard {
  const { username, password, realm = 'test.example', algorithm = 'MD5' } = options;
  let issued = 0;
  let current: string | undefined;
  const ha1 = computeHa1({ algorithm, username, realm, password });
  return (request) => {
    const credentials = parseCredentials(request.headers.authorization ?? '');
    const accepted =
      credentials !== undefined &&
      credentials.nonce === current &&
      credentials.username === username &&
      credentials.uri === request.path &&
      verifyResponse(credentials, { ha1, method: request.method });
    issued += 1;
    current = `nonce-${issued}`;
    if (accepted) return undefined;
    const challenge = serializeChallenge({ realm, algorithm, nonce: current, opaque: 'o' });
    return { status: 401, headers: { 'WWW-Authenticate': challenge } };
  };
}

/** Accepts one bearer token, which can be changed. */
export function bearerGuard(token: { good: string }): Guard {
  return (request) =>
    request.headers.authorization === `Bearer ${token.good}`
      ? undefined
      : {
          status: 401,
          headers: {
            'WWW-Authenticate': 'Bearer authz_server="https://sso.example/", realm="test.example"',
          },
        };
}
