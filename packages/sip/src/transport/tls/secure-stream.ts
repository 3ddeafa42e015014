import { once } from 'node:events';
import { isIP, type Socket } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { TransportError } from '../transport-error.ts';
import { certificateNames, namesCoverHost, namesMatch } from './certificate-names.ts';
import { posixExpression } from './posix-expression.ts';
import type { SecureContexts } from './secure-contexts.ts';
import type { TlsSettings } from './tls-settings.ts';
import { trustedRoots } from './trusted-roots.ts';

/**
 * Runs the TLS handshake over a connected socket and checks the peer: chain, then name, then subject
 * expression. Rejects with a `TransportError` (`SIP_TLS_*`).
 */
export async function secureStream(
  socket: Socket,
  certificateName: string,
  settings: TlsSettings,
  contexts: SecureContexts,
  signal: AbortSignal,
): Promise<TLSSocket> {
  const secureContext = await createContext(settings, contexts);
  const secure = connect({
    socket,
    secureContext,
    // SNI carries host names only (RFC 6066 §3).
    ...(isIP(certificateName) === 0 && { servername: certificateName }),
    // Chain, name and subject are judged below: they have switches and errors of their own.
    rejectUnauthorized: false,
    checkServerIdentity: () => undefined,
    ALPNProtocols: [],
  });
  secure.on('error', () => {});
  try {
    await once(secure, 'secureConnect', { signal });
  } catch (cause) {
    throw new TransportError('SIP_TLS_FAILED', 'TLS handshake failed', { cause });
  }
  checkPeer(secure, certificateName, settings);
  return secure;
}

async function createContext(
  settings: TlsSettings,
  contexts: SecureContexts,
): Promise<ReturnType<SecureContexts['get']>> {
  try {
    return contexts.get(await trustedRoots(settings), settings.identity);
  } catch (cause) {
    throw new TransportError('SIP_TLS_FAILED', 'Roots or client certificate cannot be used', {
      cause,
    });
  }
}

function checkPeer(secure: TLSSocket, certificateName: string, settings: TlsSettings): void {
  const { verifyCertificate = true, verifyName = true, subjectPattern } = settings;
  if (verifyCertificate && !secure.authorized) {
    const cause = secure.authorizationError;
    throw new TransportError('SIP_TLS_UNTRUSTED', 'No trusted root for the certificate', { cause });
  }
  const names = certificateNames(secure.getPeerCertificate());
  if (verifyCertificate && verifyName && !namesCoverHost(names, certificateName)) {
    throw new TransportError(
      'SIP_TLS_NAME_MISMATCH',
      `The certificate is not for ${certificateName}`,
    );
  }
  if (subjectPattern === undefined) return;
  const expression = posixExpression(subjectPattern);
  if (expression === undefined || !namesMatch(names, expression)) {
    throw new TransportError(
      'SIP_TLS_SUBJECT_MISMATCH',
      'No certificate subject matches the pattern',
    );
  }
}
