import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

export interface Certificate {
  readonly certificateFile: string;
  readonly keyFile: string;
}

/** A self-signed certificate for `localhost` and 127.0.0.1, made in `folder`. */
export function createCertificate(folder: string): Certificate {
  const names = ['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  return selfSigned(join(folder, 'cert.pem'), join(folder, 'key.pem'), 'localhost', names);
}

/** A self-signed certificate of a client, whose only name is `commonName`. */
export function createClientCertificate(folder: string, commonName: string): Certificate {
  return selfSigned(join(folder, 'client.pem'), join(folder, 'client-key.pem'), commonName);
}

function selfSigned(
  certificateFile: string,
  keyFile: string,
  commonName: string,
  extensions: readonly string[] = [],
): Certificate {
  const request = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2';
  const files = ['-keyout', keyFile, '-out', certificateFile];
  execFileSync(
    '/usr/bin/openssl',
    [...request.split(' '), '-subj', `/CN=${commonName}`, ...extensions, ...files],
    { stdio: 'ignore' },
  );
  return { certificateFile, keyFile };
}
