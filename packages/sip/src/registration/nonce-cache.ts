import type { DigestAuthorization } from './authorization.ts';

/**
 * Nonces that a new Call-ID may use, so that its first REGISTER needs no 401 (registration.md §3.6).
 * Only accounts that name their realm take part; in memory only.
 */
export class NonceCache {
  readonly #byRealmAndUser = new Map<string, DigestAuthorization>();

  store(username: string | undefined, authorization: DigestAuthorization): void {
    this.#byRealmAndUser.set(keyOf(authorization.challenge.realm, username), authorization);
  }

  find(realm: string, username: string | undefined): DigestAuthorization | undefined {
    return this.#byRealmAndUser.get(keyOf(realm, username));
  }

  /** The server does not take this nonce any more. */
  drop(username: string | undefined, authorization: DigestAuthorization): void {
    const key = keyOf(authorization.challenge.realm, username);
    if (this.#byRealmAndUser.get(key)?.challenge.nonce === authorization.challenge.nonce) {
      this.#byRealmAndUser.delete(key);
    }
  }
}

function keyOf(realm: string, username: string | undefined): string {
  return `${username ?? ''}\n${realm}`;
}
