import type { SipRequest, SipResponse } from '../message/message.ts';
import { serializeNameAddr } from '../message/name-addr.ts';
import { createResponse } from '../message/response.ts';
import type { Flow } from '../transport/transport.ts';

/** What a fake registrar says to a request; undefined is silence. */
export type Answer = (request: SipRequest, flow: Flow) => SipResponse | undefined;

type HeaderEntry = readonly [name: string, value: string];

/** Never answers. */
export const silence: Answer = () => undefined;

export interface AcceptOptions {
  /** Granted lifetime; default: what was asked for, else 3600. */
  readonly expiresSeconds?: number;
  readonly headers?: readonly HeaderEntry[];
  /** Parameters added to each Contact, such as `pub-gruu`. */
  readonly contactParams?: Iterable<readonly [string, string | null]>;
}

/** 200 with the contacts that were sent, each with its lifetime. */
export function accept(options: AcceptOptions = {}): Answer {
  return (request) => {
    const { contacts, expires } = request.headers;
    const entries = (contacts === '*' ? [] : contacts).flatMap((contact): HeaderEntry[] => {
      const asked = Number(contact.params.get('expires') ?? expires ?? 3600);
      const granted = asked === 0 ? 0 : (options.expiresSeconds ?? asked);
      if (granted === 0) return [];
      const params = new Map([
        ...contact.params,
        ...(options.contactParams ?? []),
        ['expires', String(granted)] as const,
      ]);
      return [['Contact', serializeNameAddr({ ...contact, params })]];
    });
    return createResponse(request, 200, 'OK', [...entries, ...(options.headers ?? [])]);
  };
}

/** Any status without more. */
export function refuse(status: number, ...headers: readonly HeaderEntry[]): Answer {
  return (request) => createResponse(request, status, undefined, headers);
}

export interface ChallengeOptions {
  /** Default `sip.example.org`. */
  readonly realm?: string;
  /** Default `fake-nonce`. */
  readonly nonce?: string;
  /** One challenge each, in this order; default MD5. */
  readonly algorithms?: readonly string[];
  readonly stale?: boolean;
  /** 407 instead of 401. */
  readonly proxy?: boolean;
}

/** 401 (or 407) with digest challenges. */
export function challenge(options: ChallengeOptions = {}): Answer {
  const { realm = 'sip.example.org', nonce = 'fake-nonce', algorithms = ['MD5'] } = options;
  const name = options.proxy === true ? 'Proxy-Authenticate' : 'WWW-Authenticate';
  const stale = options.stale === true ? ', stale=true' : '';
  const headers = algorithms.map(
    (algorithm): HeaderEntry => [
      name,
      `Digest realm="${realm}", nonce="${nonce}", algorithm=${algorithm}, qop="auth"${stale}`,
    ],
  );
  return refuse(options.proxy === true ? 407 : 401, ...headers);
}

/** 302 to another contact, given as header value (`<sip:other.example.org>`). */
export function redirect(contact: string): Answer {
  return refuse(302, ['Contact', contact]);
}

/** 423 Interval Too Brief. */
export function tooBrief(minExpiresSeconds: number): Answer {
  return refuse(423, ['Min-Expires', String(minExpiresSeconds)]);
}
