import { isIPv6 } from 'node:net';
import { codeAt, HOST, OPEN_BRACKET, skip } from './chars.ts';

/** `host[:port]`, IPv6 in brackets. */
export function serializeHostPort(host: string, port: number | undefined): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return port === undefined ? name : `${name}:${port}`;
}

/**
 * Index after the host that starts at `start`: a name, IPv4 address, or `[IPv6]`; -1 when there is
 * none.
 */
export function readHostEnd(text: string, start: number, end: number): number {
  if (codeAt(text, start) === OPEN_BRACKET) {
    const close = text.indexOf(']', start);
    if (close === -1 || close >= end || !isIPv6(text.slice(start + 1, close))) return -1;
    return close + 1;
  }
  const hostEnd = skip(HOST, text, start, end);
  return hostEnd === start ? -1 : hostEnd;
}

/** The host written in `[start, end)`, without the brackets of an IPv6 address. */
export function hostOf(text: string, start: number, end: number): string {
  const bracketed = codeAt(text, start) === OPEN_BRACKET;
  return bracketed ? text.slice(start + 1, end - 1) : text.slice(start, end);
}
