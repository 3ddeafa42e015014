import { isIP } from 'node:net';
import { connect, type PeerCertificate } from 'node:tls';

/** What a TLS server shows of itself, whether it is trusted or not. */
export interface ServerCertificate {
  /** Common name of its owner. */
  readonly subject: string;
  /** Every name it is for: alternative names, else the common name. */
  readonly names: readonly string[];
  readonly issuer: string;
  readonly selfSigned: boolean;
  /** Milliseconds since the epoch. */
  readonly validFrom: number;
  readonly validTo: number;
}

export interface TlsServer {
  /** Address or name to connect to. */
  readonly host: string;
  readonly port: number;
  /** Name it is asked for. */
  readonly name: string;
}

const TIMEOUT_MS = 5000;

/** Looks at the certificate of a server without trusting it; undefined when it shows none in time. */
export function readServerCertificate(server: TlsServer): Promise<ServerCertificate | undefined> {
  return new Promise((resolve) => {
    const socket = connect({
      host: server.host,
      port: server.port,
      ...(isIP(server.name) === 0 && { servername: server.name }),
      // Only looked at: nothing is sent to a server that may be somebody else.
      rejectUnauthorized: false,
      timeout: TIMEOUT_MS,
    });
    const end = (found: ServerCertificate | undefined): void => {
      resolve(found);
      socket.destroy();
    };
    socket.once('secureConnect', () => end(describe(socket.getPeerCertificate())));
    socket.once('timeout', () => end(undefined));
    socket.once('error', () => end(undefined));
    socket.once('close', () => end(undefined));
  });
}

/** Milliseconds of a certificate that are left; negative when it has ended. */
export function remainingMs(certificate: ServerCertificate, now: number): number {
  return certificate.validTo - now;
}

function describe(certificate: PeerCertificate): ServerCertificate | undefined {
  // Node gives an empty object when there is none.
  if (!('valid_to' in certificate)) return undefined;
  const subject = nameOf(certificate.subject);
  const alternative = (certificate.subjectaltname ?? '')
    .split(', ')
    .map((name) => name.slice(name.indexOf(':') + 1))
    .filter((name) => name !== '');
  const issuer = nameOf(certificate.issuer);
  return {
    subject,
    names: alternative.length > 0 ? alternative : [subject],
    issuer,
    selfSigned: JSON.stringify(certificate.subject) === JSON.stringify(certificate.issuer),
    validFrom: Date.parse(certificate.valid_from),
    validTo: Date.parse(certificate.valid_to),
  };
}

function nameOf(names: PeerCertificate['subject'] | undefined): string {
  const name = names?.CN ?? names?.O ?? '';
  return Array.isArray(name) ? name.join(', ') : name;
}
