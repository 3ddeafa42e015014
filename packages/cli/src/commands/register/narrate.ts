import { RegistrationState } from '@dialtone/client';
import {
  type Flow,
  NO_PARAMS,
  type ResolvedTarget,
  serializeNameAddr,
  type SipRequest,
  type SipResponse,
  type SocketAddress,
} from '@dialtone/sip';
import { challengesOf, challengeText, credentialsText } from './challenges.ts';
import type { Happening } from './happening.ts';

/** A line of the story. */
export interface Step {
  readonly step: 'dns' | 'connect' | 'send' | 'receive' | 'nat' | 'state';
  /** False for what went wrong; what follows may still succeed. */
  readonly ok: boolean;
  readonly text: string;
}

type Narrator = (happening: Happening) => readonly Step[];

/** Tells what happens in the words of an administrator; remembers what was told already. */
export function createNarrator(): Narrator {
  const nat = natNarrator();
  let registered = false;
  return (happening) => {
    if (happening.kind === 'message') {
      const { message, direction, flow, again } = happening;
      if (message.kind === 'response') return [received(message), ...nat.onResponse(message, flow)];
      return direction === 'in' ? [] : [...nat.onRequest(message), sent(message, again)];
    }
    if (happening.kind === 'state') {
      const lost = registered && happening.state === RegistrationState.Progress;
      registered = happening.state === RegistrationState.Ok;
      return lost ? [step('state', false, 'connection to the server lost, trying again')] : [];
    }
    return 'target' in happening ? connection(happening) : [resolution(happening)];
  };
}

function step(name: Step['step'], ok: boolean, text: string): Step {
  return { step: name, ok, text };
}

function resolution(
  happening: Extract<Happening, { kind: 'question' | 'located' | 'not-located' }>,
): Step {
  if (happening.kind === 'not-located') return step('dns', false, happening.error.message);
  if (happening.kind === 'question') {
    const { record, name, answers } = happening;
    if (answers === undefined) return step('dns', false, `${record} ${name}: no answer`);
    return step('dns', true, `${record} ${name}: ${answers.join(', ') || 'none'}`);
  }
  const [first, ...others] = happening.targets.map(place);
  const more = others.length === 0 ? '' : `, then ${others.join(', ')}`;
  return step('dns', true, `server is at ${first}${more}`);
}

function connection(
  happening: Extract<Happening, { kind: 'connecting' | 'connected' | 'not-connected' }>,
): readonly Step[] {
  const { target } = happening;
  // UDP has no connection: what follows tells whether anybody is there.
  if (target.protocol === 'udp' && happening.kind !== 'not-connected') return [];
  const where = place(target);
  if (happening.kind === 'connecting') return [step('connect', true, `connecting to ${where}`)];
  if (happening.kind === 'connected') {
    const { local, durationMs } = happening;
    return [step('connect', true, `connected from ${socketText(local)} in ${durationMs} ms`)];
  }
  const { error } = happening;
  return [step('connect', false, `${where}: ${error.message}${causeText(error)}`)];
}

/** ` (ECONNREFUSED)`: the system's own word for it. */
function causeText({ cause }: Error): string {
  const code: unknown = cause instanceof Error ? Reflect.get(cause, 'code') : cause;
  return typeof code === 'string' ? ` (${code})` : '';
}

/** `192.0.2.2 port 5061 (TLS)`. */
export function place({ protocol, remote }: ResolvedTarget): string {
  return `${socketText(remote)} (${protocol.toUpperCase()})`;
}

function socketText({
  address,
  port,
}: {
  readonly address: string;
  readonly port: number | undefined;
}): string {
  return port === undefined ? address : `${address} port ${port}`;
}

function sent(request: SipRequest, again: boolean): Step {
  if (again) return step('send', false, `no answer yet: ${request.method} again`);
  const { headers } = request;
  const aim = headers.expires === 0 ? 'to unregister' : `for ${headers.expires ?? 0} s`;
  const credentials = credentialsText(request);
  return step('send', true, `${request.method} ${aim}, ${credentials ?? 'without credentials'}`);
}

function received(response: SipResponse): Step {
  const { status, reason, headers } = response;
  const answer = `${status} ${reason}`.trim();
  const details = [detailOf(response), warningOf(headers.get('Warning'))].filter(Boolean);
  const ok = status < 300 || status === 401 || status === 407;
  return step('receive', ok, [answer, ...details].join(': '));
}

function detailOf(response: SipResponse): string | undefined {
  const { status, headers } = response;
  if (status === 401 || status === 407) {
    const challenges = challengesOf(response);
    const stale = challenges.some((each) => each.kind === 'digest' && each.stale);
    return `asks for a password, ${challengeText(challenges)}${stale ? ' (the nonce was too old)' : ''}`;
  }
  if (status === 423) return `wants ${headers.minExpires ?? 'an unknown number of'} s or more`;
  if (status >= 300 && status < 400)
    return `moved to ${contactTexts(response).join(', ') || 'nowhere'}`;
  if (status >= 400 && headers.retryAfter !== undefined)
    return `try again in ${headers.retryAfter} s`;
  if (status < 200 || status >= 300) return undefined;
  const contacts = contactTexts(response);
  return contacts.length === 0
    ? 'no contact is registered'
    : `registered are ${contacts.join(', ')}`;
}

function contactTexts({ headers }: SipResponse): readonly string[] {
  return headers.getAll('Contact').map((contact) => {
    const expires = /;\s*expires=(\d+)/i.exec(contact)?.[1];
    const uri = /<([^>]*)>/.exec(contact)?.[1] ?? contact;
    return expires === undefined ? uri : `${uri} for ${expires} s`;
  });
}

/** The text of a Warning header (RFC 3261 §20.43). */
function warningOf(value: string | undefined): string | undefined {
  return value === undefined ? undefined : (/"(.*)"/.exec(value)?.[1] ?? value);
}

/** Tells when the server sees us elsewhere than we are, and when our Contact follows (registration.md §2.10). */
function natNarrator(): {
  onResponse(response: SipResponse, flow: Flow): readonly Step[];
  onRequest(request: SipRequest): readonly Step[];
} {
  let seenAs: SocketAddress | undefined;
  let contactWas: string | undefined;
  return {
    onResponse({ headers }, flow) {
      const [via] = headers.via;
      if (via === undefined || flow.protocol === 'ws' || flow.protocol === 'wss') return [];
      const port = Number(via.params.get('rport') ?? via.port ?? flow.local.port);
      const seen: SocketAddress = { address: via.params.get('received') ?? via.host, port };
      const known = seenAs ?? flow.local;
      if (seen.address === known.address && seen.port === known.port) return [];
      seenAs = seen;
      if (seen.address === flow.local.address && seen.port === flow.local.port) return [];
      const text = `the server sees us at ${socketText(seen)}, not at ${socketText(flow.local)}: there is a NAT between`;
      return [step('nat', true, text)];
    },
    onRequest({ headers }) {
      const { contacts } = headers;
      const contact = contacts === '*' ? undefined : contacts[0];
      if (contact === undefined) return [];
      const { host, port } = contact.uri;
      const before = contactWas;
      contactWas = socketText({ address: host, port });
      const isSeen = host === seenAs?.address && (port ?? seenAs.port) === seenAs.port;
      if (!isSeen || before === contactWas) return [];
      const bare = serializeNameAddr({ ...contact, params: NO_PARAMS });
      return [step('nat', true, `our contact becomes ${bare}`)];
    },
  };
}
