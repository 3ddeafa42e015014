import { createPublicKey, type KeyObject } from 'node:crypto';
import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose';
import type { Platform } from '../platform.ts';
import { endpoint } from '../spaces/oidc-endpoints.ts';
import type { OidcConfiguration } from '../spaces/space.ts';

const timeoutMs = 5000;
/** Between two questions, whatever the answer: else every stranger with a made-up token would have it asked. */
const pauseMs = 30_000;

/** The provider's keys cannot be had now; says nothing about the token. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';
}

/**
 * The keys that verify the tokens of a space: the stored PEM key if there is one, else those that its
 * provider publishes (JWK set, RFC 7517). A set is fetched when first needed, then every ten minutes, or
 * when a token names a key that is not in it, twice a minute at most.
 */
export class ProviderKeys {
  readonly #platform: Pick<Platform, 'clock' | 'log'>;
  readonly #stored = new Map<string, KeyObject>();
  readonly #published = new Map<string, JWTVerifyGetKey>();

  constructor(platform: Pick<Platform, 'clock' | 'log'>) {
    this.#platform = platform;
  }

  /** @throws Error when the stored key is none, or the provider has no valid address */
  of(oidc: OidcConfiguration): JWTVerifyGetKey {
    const { publicKey: pem } = oidc;
    if (pem === undefined)
      return remembered(this.#published, endpoint(oidc, 'certs'), this.#remote);
    return () => remembered(this.#stored, pem, createPublicKey);
  }

  readonly #remote = (url: string): JWTVerifyGetKey => {
    const { clock, log } = this.#platform;
    let askAgainAt = 0;
    const keys = createRemoteJWKSet(new URL(url), {
      timeoutDuration: timeoutMs,
      [customFetch]: async (...request) => {
        if (clock.now() < askAgainAt) throw new KeysUnavailable();
        askAgainAt = clock.now() + pauseMs;
        try {
          const reply = await fetch(...request);
          if (!reply.ok) throw new Error(`it answered ${reply.status}`);
          return reply;
        } catch (error) {
          log.warn({ err: error, url }, 'keys of the OpenID Connect provider cannot be fetched');
          throw new KeysUnavailable('', { cause: error });
        }
      },
    });
    return keys;
  };
}

function remembered<T>(known: Map<string, T>, name: string, make: (name: string) => T): T {
  const found = known.get(name) ?? make(name);
  known.set(name, found);
  return found;
}
