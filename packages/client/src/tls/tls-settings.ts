import { readFileSync } from 'node:fs';
import type { CertificateAndKey, TlsSettings } from '@dialtone/sip';
import type { AuthInfo } from '../auth-info/auth-info.ts';

/** The part of the configuration that is read here. */
export interface TlsConfig {
  getString(section: string, key: string): string | undefined;
  getBool(section: string, key: string, defaultValue: boolean): boolean;
}

/** PEM texts given by the application. */
export interface TlsOverrides {
  /** Trusted roots; null: `[sip] root_ca`, else the system's. */
  rootCaData: string | null;
  /** Client certificate and key for servers that ask for one. */
  tlsCert: string | null;
  tlsKey: string | null;
}

const NO_OVERRIDES: TlsOverrides = { rootCaData: null, tlsCert: null, tlsKey: null };

/**
 * How to judge TLS servers and present ourselves, SIP and HTTP alike, read at each connection
 * (registration.md §2.13, §3.8).
 */
export function readTlsSettings(
  config: TlsConfig,
  overrides: TlsOverrides = NO_OVERRIDES,
  authInfos: Iterable<AuthInfo> = [],
): TlsSettings {
  const rootsPath = config.getString('sip', 'root_ca');
  const subjectPattern = config.getString('sip', 'tls_certificate_subject_regexp');
  const identity = clientCertificate(config, overrides, authInfos);
  return {
    verifyCertificate: config.getBool('sip', 'verify_server_certs', true),
    verifyName: config.getBool('sip', 'verify_server_cn', true),
    ...(overrides.rootCaData !== null && { rootsPem: overrides.rootCaData }),
    ...(rootsPath !== undefined && { rootsPath }),
    ...(subjectPattern !== undefined && { subjectPattern }),
    ...(identity !== undefined && { identity }),
  };
}

/** The first auth info with a certificate, else the files of the configuration, else the PEM texts. */
function clientCertificate(
  config: TlsConfig,
  overrides: TlsOverrides,
  authInfos: Iterable<AuthInfo>,
): CertificateAndKey | undefined {
  for (const info of authInfos) {
    const { tlsCert, tlsKey, tlsCertPath, tlsKeyPath, tlsKeyPassword } = info;
    const passphrase = tlsKeyPassword === null ? {} : { passphrase: tlsKeyPassword };
    if (tlsCert !== null && tlsKey !== null) {
      return { certPem: tlsCert, keyPem: tlsKey, ...passphrase };
    }
    const fromFiles = readPair(tlsCertPath, tlsKeyPath);
    if (fromFiles !== undefined) return { ...fromFiles, ...passphrase };
  }
  const certPath = config.getString('sip', 'client_cert_chain');
  const keyPath = config.getString('sip', 'client_cert_key');
  if (certPath !== undefined && keyPath !== undefined) return readPair(certPath, keyPath);
  const { tlsCert, tlsKey } = overrides;
  return tlsCert === null || tlsKey === null ? undefined : { certPem: tlsCert, keyPem: tlsKey };
}

/** Small files, read once per connection; one that is missing means no certificate. */
function readPair(
  certPath: string | null,
  keyPath: string | null,
): Pick<CertificateAndKey, 'certPem' | 'keyPem'> | undefined {
  if (certPath === null || keyPath === null) return undefined;
  try {
    return { certPem: readFileSync(certPath, 'utf8'), keyPem: readFileSync(keyPath, 'utf8') };
  } catch {
    return undefined;
  }
}
