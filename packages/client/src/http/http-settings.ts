import { type TlsSettings, trustedRoots } from '@dialtone/sip';
import { readTlsSettings, type TlsConfig } from '../tls/tls-settings.ts';
import type { HttpTls } from './http-message.ts';

/** The part of the configuration that is read here. */
export interface HttpConfig extends TlsConfig {
  getInt(section: string, key: string, defaultValue: number): number;
}

/** What the `[sip]` section says about every HTTP request; spread it into an `HttpRequest`. */
export interface HttpSettings {
  readonly httpsOnly: boolean;
  readonly connectTimeoutMs: number;
  readonly tls: HttpTls;
}

/**
 * Reads `[sip]` `https_only`, `transport_timeout` and the TLS settings that SIP connections have, too
 * (provisioning-client.md §2.1). Roots that cannot be read count as not set: the system's certificates
 * are then trusted.
 *
 * @param tls Default: what the configuration says, without the certificates of a core.
 */
export async function readHttpSettings(
  config: HttpConfig,
  tls: TlsSettings = readTlsSettings(config),
): Promise<HttpSettings> {
  const timeoutMs = config.getInt('sip', 'transport_timeout', 15_000);
  const { identity } = tls;
  return {
    httpsOnly: config.getBool('sip', 'https_only', false),
    connectTimeoutMs: timeoutMs > 0 ? timeoutMs : 15_000,
    tls: {
      ca: await ownRoots(tls),
      verify: tls.verifyCertificate,
      verifyName: tls.verifyName,
      cert: identity?.certPem,
      key: identity?.keyPem,
      passphrase: identity?.passphrase,
    },
  };
}

async function ownRoots(tls: TlsSettings): Promise<string | undefined> {
  if (tls.rootsPem === undefined && tls.rootsPath === undefined) return undefined;
  return trustedRoots(tls).catch(() => undefined);
}
