import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CertificateAndKey } from '../transport/tls/tls-settings.ts';

/** A certificate authority of a test, made with the `openssl` command. */
export class TestAuthority implements Disposable {
  readonly #folder: string;
  readonly certPem: string;
  #issued = 0;

  private constructor(folder: string, certPem: string) {
    this.#folder = folder;
    this.certPem = certPem;
  }

  static create(): TestAuthority {
    const folder = mkdtempSync(join(tmpdir(), 'test-authority-'));
    const made = makeCertificate(folder, 'ca', '/CN=Test Authority', '');
    return new TestAuthority(folder, made.certPem);
  }

  /** Path of the authority's certificate. */
  get certPath(): string {
    return join(this.#folder, 'ca.crt');
  }

  /**
   * @param alternativeNames in OpenSSL's form: `DNS:sip.example.org`, `IP:127.0.0.1`
   */
  issue(commonName: string, ...alternativeNames: readonly string[]): CertificateAndKey {
    this.#issued += 1;
    const hasNames = alternativeNames.length > 0;
    const names = hasNames ? `-addext subjectAltName=${alternativeNames.join(',')}` : '';
    const authority = `-CA ${this.certPath} -CAkey ${join(this.#folder, 'ca.key')}`;
    return makeCertificate(
      this.#folder,
      `cert${this.#issued}`,
      `/CN=${commonName}`,
      `${authority} -addext basicConstraints=CA:FALSE ${names}`,
    );
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

const COMMON_OPTIONS = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2';

/** @param options without spaces inside a word */
function makeCertificate(
  folder: string,
  name: string,
  subject: string,
  options: string,
): CertificateAndKey {
  const key = join(folder, `${name}.key`);
  const cert = join(folder, `${name}.crt`);
  const words = `${COMMON_OPTIONS} -keyout ${key} -out ${cert} ${options}`.trim().split(/ +/);
  execFileSync('openssl', [...words, '-subj', subject], { stdio: 'ignore' });
  return { certPem: readFileSync(cert, 'utf8'), keyPem: readFileSync(key, 'utf8') };
}
