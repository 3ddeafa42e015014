import { isIPv6 } from 'node:net';
import { parseNameAddr, parseUri, serializeNameAddr, serializeUri, sipUri } from '@dialtone/sip';

/** `"Display" <sip:user@domain>`, quoted and escaped as a SIP parser expects. */
export function nameAddr(displayName: string | undefined, user: string, domain: string): string {
  const address = serializeNameAddr({
    displayName,
    uri: sipUri({ user, host: domain }),
    params: new Map(),
  });
  return address.startsWith('<') || displayName !== undefined ? address : `<${address}>`;
}

type Transport = 'udp' | 'tcp' | 'tls';

/** `<sip:host:port;transport=tls>`: a server address as `reg_proxy` holds it. */
export function serverAddress(
  host: string,
  port: number | undefined,
  transport: Transport,
): string {
  return `<${serializeUri(sipUri({ host, port, params: new Map([['transport', transport]]) }))}>`;
}

/**
 * A server address that somebody typed, as `reg_proxy` holds it: a SIP URI stays as it is, a bare host
 * becomes one, with `transport` unless it names its own. Undefined when it is neither.
 */
export function typedServerAddress(
  text: string | undefined,
  transport?: Transport,
): string | undefined {
  const typed = text?.trim() ?? '';
  if (/\s/.test(typed)) return undefined;
  if (/^<?sips?:/i.test(typed)) {
    if (parseNameAddr(typed) === undefined) return undefined;
    return typed.startsWith('<') ? typed : `<${typed}>`;
  }
  const uri = parseUri(`sip:${isIPv6(typed) ? `[${typed}]` : typed}`);
  if (uri === undefined) return undefined;
  const params = new Map(uri.params);
  if (transport !== undefined && !params.has('transport')) params.set('transport', transport);
  return `<${serializeUri({ ...uri, params })}>`;
}
