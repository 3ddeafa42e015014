import type { SipRequest, SipResponse } from '@dialtone/sip';
import { type Challenge, parseChallenges, parseCredentials } from '@dialtone/sip/digest';

/** What a 401 or 407 asks for, the server's favourite first. */
export function challengesOf({ headers }: SipResponse): readonly Challenge[] {
  return parseChallenges([
    ...headers.getAll('WWW-Authenticate'),
    ...headers.getAll('Proxy-Authenticate'),
  ]);
}

/** `realm "example.org", SHA-256 or MD5`; nothing of use: what it is instead. */
export function challengeText(challenges: readonly Challenge[]): string {
  const realms = new Map<string, string[]>();
  for (const challenge of challenges) {
    const realm =
      challenge.kind === 'digest' ? challenge.realm : (challenge.params.get('realm') ?? '');
    const way = challenge.kind === 'digest' ? digestText(challenge) : challenge.scheme;
    realms.set(realm, [...(realms.get(realm) ?? []), way]);
  }
  const texts = [...realms].map(([realm, ways]) => `realm "${realm}", ${ways.join(' or ')}`);
  return texts.length === 0 ? 'without a challenge that can be read' : texts.join('; ');
}

function digestText({
  algorithmName,
  algorithm,
  qop,
}: Extract<Challenge, { kind: 'digest' }>): string {
  const name = algorithmName ?? 'MD5';
  if (algorithm === undefined) return `${name} (not known to Dialtone)`;
  const usable = qop.length === 0 || qop.includes('auth');
  return usable ? name : `${name} with qop ${qop.join(', ')} (not known to Dialtone)`;
}

/** `as "alice" in realm "example.org" (SHA-256)`; undefined without credentials. */
export function credentialsText({ headers }: SipRequest): string | undefined {
  const values = [...headers.getAll('Authorization'), ...headers.getAll('Proxy-Authorization')];
  if (values.length === 0) return undefined;
  const texts = values.map((value) => {
    const credentials = parseCredentials(value);
    if (credentials === undefined) return 'with a token';
    const { username, realm, algorithm = 'MD5' } = credentials;
    return `as "${username}" in realm "${realm}" (${algorithm})`;
  });
  return texts.join(' and ');
}
