import { createHash } from 'node:crypto';
import { createSecureContext, type SecureContext } from 'node:tls';
import type { CertificateAndKey } from './tls-settings.ts';

/** Different settings in use at one time: roots and a client certificate for a few accounts. */
const MAX_CONTEXTS = 16;

/**
 * Contexts by what they were made from. Loading the system's roots takes tens of milliseconds, too
 * much for each connection.
 */
export class SecureContexts {
  readonly #contexts = new Map<string, SecureContext>();

  get(rootsPem: string, identity: CertificateAndKey | undefined): SecureContext {
    const key = createHash('sha256')
      .update(JSON.stringify([rootsPem, identity ?? null]))
      .digest('base64');
    const known = this.#contexts.get(key);
    if (known !== undefined) return known;
    const context = createSecureContext({
      ca: rootsPem,
      minVersion: 'TLSv1.2',
      ...(identity && { cert: identity.certPem, key: identity.keyPem }),
      ...(identity?.passphrase !== undefined && { passphrase: identity.passphrase }),
    });
    if (this.#contexts.size >= MAX_CONTEXTS) this.#contexts.clear();
    this.#contexts.set(key, context);
    return context;
  }
}
