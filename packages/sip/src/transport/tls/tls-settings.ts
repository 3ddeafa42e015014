/** A certificate chain with its key, PEM. */
export interface CertificateAndKey {
  readonly certPem: string;
  readonly keyPem: string;
  readonly passphrase?: string;
}

/** How a TLS client judges its peer and presents itself. registration.md §2.13, read at each connection. */
export interface TlsSettings {
  /** Trusted roots, PEM; wins over `rootsPath`. */
  readonly rootsPem?: string;
  /** A PEM file, or a directory of them; without either the system's and Node's own roots are trusted. */
  readonly rootsPath?: string;
  /** `verify_server_certs`; default true. False accepts any chain and any name. */
  readonly verifyCertificate?: boolean;
  /** `verify_server_cn`; default true. False accepts any name. */
  readonly verifyName?: boolean;
  /** `tls_certificate_subject_regexp`: POSIX extended, one subject must match it whole. */
  readonly subjectPattern?: string;
  /** Client certificate. */
  readonly identity?: CertificateAndKey;
}
