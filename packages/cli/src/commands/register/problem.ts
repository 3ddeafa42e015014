import type { SipRequest, SipResponse } from '@dialtone/sip';
import { challengesOf, challengeText, credentialsText } from './challenges.ts';
import { connectionProblem, locationProblem } from './connection-problem.ts';
import type { Happening } from './happening.ts';
import type { TrialRequest } from './trial.ts';

/** Why a registration failed: for programs, for people, and what to do. */
export interface Problem {
  readonly code: string;
  readonly text: string;
  readonly advice: string;
}

/** What an attempt was about, as far as its explanation needs it. */
export type Attempted = Pick<TrialRequest, 'identity' | 'userid' | 'password'>;

/** Explains a failure from what happened before it. */
export function explainFailure(
  history: readonly Happening[],
  attempted: Attempted,
  code: number,
): Problem {
  const last = history.findLast(isTelling);
  if (last === undefined) return NOT_SENT;
  if (last.kind === 'not-located') return locationProblem(last.error);
  if (last.kind === 'not-connected') return connectionProblem(last);
  return last.message.kind === 'response'
    ? refusal(last.message, lastRequest(history), attempted)
    : silence(last.flow.protocol, code);
}

const NOT_SENT: Problem = {
  code: 'not-sent',
  text: 'No REGISTER could be sent.',
  advice: 'Check the server address and its transport.',
};

type Telling = Extract<Happening, { kind: 'not-located' | 'not-connected' | 'message' }>;

function isTelling(happening: Happening): happening is Telling {
  if (happening.kind === 'not-located' || happening.kind === 'not-connected') return true;
  if (happening.kind !== 'message') return false;
  const { message, direction } = happening;
  return message.kind === 'request' ? direction === 'out' : message.status >= 200;
}

function lastRequest(history: readonly Happening[]): SipRequest | undefined {
  for (const happening of history.toReversed()) {
    if (happening.kind === 'message' && happening.message.kind === 'request') {
      return happening.message;
    }
  }
  return undefined;
}

/** A REGISTER was sent and nothing came back. */
function silence(protocol: string, code: number): Problem {
  if (code === 408) {
    return {
      code: 'no-answer',
      text: 'The server did not answer within 32 seconds.',
      advice:
        protocol === 'udp'
          ? 'Nothing tells whether the REGISTER arrived. Check address and port, and that firewalls let UDP through both ways; try --transport tcp.'
          : 'The connection stands, but nobody answers: is it a SIP server that listens on this port?',
    };
  }
  return {
    code: 'connection-lost',
    text: 'The connection ended before the server answered.',
    advice:
      'The server closed it: a port for TLS spoken to without TLS (or the other way round), no SIP server, or one that does not allow this address. Look into its log.',
  };
}

/** What the server said was no. */
function refusal(
  response: SipResponse,
  request: SipRequest | undefined,
  attempted: Attempted,
): Problem {
  const { status, headers } = response;
  const said = `${status} ${response.reason}`.trim();
  const credentials = request && credentialsText(request);
  if (status === 401 || status === 407 || status === 403) {
    if (credentials !== undefined) return wrongCredentials(said, credentials, attempted);
    if (status === 403) {
      return {
        code: 'forbidden',
        text: `The server refuses (${said}) before it asks for a password.`,
        advice:
          'Registering from this address, for this domain or with this program is not allowed there. Look into the log of the server.',
      };
    }
    return attempted.password === undefined
      ? {
          code: 'password-needed',
          text: `The server asks for a password: ${challengeText(challengesOf(response))}.`,
          advice: 'Give it with --password, or in the variable DIALTONE_REGISTER_PASSWORD.',
        }
      : {
          code: 'challenge-not-answerable',
          text: `The server asks for a password in a way that Dialtone does not know: ${challengeText(challengesOf(response))}.`,
          advice: 'Let the server offer Digest with MD5, SHA-256 or SHA-512-256 and qop "auth".',
        };
  }
  const retry = headers.retryAfter;
  const later = retry === undefined ? '' : ` It says to try again in ${retry} s.`;
  const known = EXPLANATIONS[status] ?? EXPLANATIONS[Math.floor(status / 100) * 100];
  return {
    code: known?.code ?? 'refused-by-server',
    text: `${known?.text ?? 'The server refuses.'} It answered ${said}.${later}`,
    advice: known?.advice ?? 'Look into the log of the server.',
  };
}

function wrongCredentials(
  said: string,
  credentials: string,
  { identity, userid }: Attempted,
): Problem {
  const name = userid ?? identity.username ?? '';
  const { domain } = identity;
  return {
    code: 'credentials-refused',
    text: `The server refuses the credentials (${said}), sent ${credentials}: the password is wrong, or there is no active account "${name}". Servers do not say which.`,
    advice: `Check user name and password${userid === undefined ? '; a name for authentication that differs from the address goes into --userid' : ''}. At a Dialtone server "dialtone account show ${identity.username}@${domain}" shows whether the account exists and is activated. Many wrong tries in a minute are refused whatever the password.`,
  };
}

/** By status, or by hundred for all others. */
const EXPLANATIONS: Readonly<Record<number, Problem>> = {
  300: {
    code: 'redirected',
    text: 'The server sends us elsewhere, but not to an address that can be used.',
    advice: 'Give the address of the registrar itself with --server.',
  },
  400: {
    code: 'request-refused',
    text: 'The server does not accept this REGISTER.',
    advice: 'Run again with --trace and compare with the log of the server.',
  },
  404: {
    code: 'not-found',
    text: 'The server does not know this address: it does not serve the domain, or has no such account.',
    advice:
      'Check the part after @ and the server. A Dialtone server answers 404 for a domain without space: "dialtone space list" shows them.',
  },
  405: {
    code: 'no-registrar',
    text: 'This is a SIP server, but no registrar.',
    advice: 'Give the address of the registrar with --server.',
  },
  408: {
    code: 'timeout-behind',
    text: 'The server got no answer from the one behind it.',
    advice: 'A proxy works, the registrar behind it does not.',
  },
  423: {
    code: 'lifetime-too-short',
    text: 'The server finds the lifetime too short and names no usable one.',
    advice: 'Ask for more with --expires.',
  },
  480: {
    code: 'unavailable',
    text: 'The server cannot register anybody now.',
    advice: 'Try later, or look into its log.',
  },
  500: {
    code: 'server-fault',
    text: 'The server has a problem of its own.',
    advice: 'Look into its log; its database may not be reachable.',
  },
  501: {
    code: 'no-registrar',
    text: 'This is a SIP server, but no registrar.',
    advice: 'Give the address of the registrar with --server.',
  },
  503: {
    code: 'unavailable',
    text: 'The server is overloaded or being maintained.',
    advice: 'Try later.',
  },
  600: {
    code: 'declined',
    text: 'The server declines for good.',
    advice: 'The account may be closed; ask who runs the server.',
  },
};
