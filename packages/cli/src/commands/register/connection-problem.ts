import type { TransportError } from '@dialtone/sip';
import type { ServerCertificate } from '../../network/server-certificate.ts';
import type { Happening } from './happening.ts';
import { place } from './narrate.ts';
import type { Problem } from './problem.ts';

/** The name of the server leads nowhere. */
export function locationProblem(error: TransportError): Problem {
  if (error.code === 'SIP_DNS_NOT_FOUND') {
    return {
      code: 'unknown-host',
      text: `${error.message}: the name has neither an A nor an AAAA record.`,
      advice: 'Check the spelling of the server, or add the record to its DNS zone.',
    };
  }
  return {
    code: 'dns-failed',
    text: `${error.message}: no name server answered.`,
    advice: 'Check the name servers of this machine (/etc/resolv.conf) and its network.',
  };
}

/** Nobody, or somebody else, is at the address. */
export function connectionProblem(
  happening: Extract<Happening, { kind: 'not-connected' }>,
): Problem {
  const { target, error, certificate, accepts } = happening;
  const where = place(target);
  switch (error.code) {
    case 'SIP_TLS_UNTRUSTED':
      return untrusted(where, certificate);
    case 'SIP_TLS_NAME_MISMATCH':
      return {
        code: 'tls-wrong-name',
        text: `${error.message}, but for ${certificate?.names.join(', ') || 'no name at all'}.`,
        advice:
          'Give the server under a name of its certificate (--server), or get a certificate for the name that phones use.',
      };
    case 'SIP_TLS_FAILED':
      return noHandshake(where, causeCode(error));
    case 'SIP_CONNECT_TIMEOUT':
      if (accepts) return noHandshake(where, '');
      return {
        code: 'connect-timeout',
        text: `${where} does not answer at all.`,
        advice:
          'A firewall drops the packets, or the machine is down. Check address, port and firewall.',
      };
    default:
      return notReachable(where, error);
  }
}

function noHandshake(where: string, cause: string): Problem {
  return {
    code: 'tls-failed',
    text: `${where} accepts the connection, but completes no TLS handshake${cause}.`,
    advice:
      'The port may be one without TLS (5060 usually is, 5061 speaks TLS), or the server may ask for a client certificate or speak only old TLS versions.',
  };
}

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

function untrusted(where: string, certificate: ServerCertificate | undefined): Problem {
  if (certificate === undefined) {
    return {
      code: 'tls-untrusted',
      text: `The certificate of ${where} leads to no trusted authority.`,
      advice: 'Install a certificate of a public authority, or name the roots with --ca.',
    };
  }
  const { selfSigned, issuer, subject, validFrom, validTo } = certificate;
  if (validTo < Date.now()) {
    return {
      code: 'tls-expired',
      text: `The certificate of ${where} ended on ${day(validTo)}.`,
      advice: 'Renew it and restart the server.',
    };
  }
  if (validFrom > Date.now()) {
    return {
      code: 'tls-not-yet-valid',
      text: `The certificate of ${where} begins on ${day(validFrom)} only.`,
      advice: 'Check the clocks of both machines.',
    };
  }
  return {
    code: selfSigned ? 'tls-self-signed' : 'tls-untrusted',
    text: selfSigned
      ? `The certificate of ${where} (for ${subject}) is signed by itself.`
      : `The certificate of ${where} is signed by "${issuer}", which this machine does not trust, or the server leaves out a certificate of its chain.`,
    advice: `Phones refuse it, too. Install a certificate of a public authority${selfSigned ? '' : ' with its whole chain'}, or trust it here with --ca FILE.`,
  };
}

function notReachable(where: string, error: TransportError): Problem {
  const code = causeOf(error);
  if (code === 'ECONNREFUSED') {
    return {
      code: 'refused',
      text: `Nothing listens at ${where}.`,
      advice:
        'Start the SIP server, or correct port and transport (--server host:port, --transport).',
    };
  }
  if (code === 'ECONNRESET') {
    return {
      code: 'reset',
      text: `${where} breaks the connection off.`,
      advice: 'A firewall or the server does not allow this address.',
    };
  }
  return {
    code: 'unreachable',
    text: `There is no way to ${where}${causeCode(error)}.`,
    advice: 'Check the network of this machine; an IPv6 address needs IPv6 on the whole way.',
  };
}

function causeOf({ cause }: TransportError): string | undefined {
  const code: unknown = cause instanceof Error ? Reflect.get(cause, 'code') : cause;
  return typeof code === 'string' ? code : undefined;
}

function causeCode(error: TransportError): string {
  const code = causeOf(error);
  return code === undefined ? '' : ` (${code})`;
}
