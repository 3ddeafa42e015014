import { serializeNameAddr, serializeUri, sipUri } from '@dialtone/sip';

/** `"Display" <sip:user@domain>`, quoted and escaped as a SIP parser expects. */
export function nameAddr(displayName: string | undefined, user: string, domain: string): string {
  const address = serializeNameAddr({
    displayName,
    uri: sipUri({ user, host: domain }),
    params: new Map(),
  });
  return address.startsWith('<') || displayName !== undefined ? address : `<${address}>`;
}

/** `<sip:host:port;transport=tls>`: a server address as `reg_proxy` holds it. */
export function serverAddress(
  host: string,
  port: number | undefined,
  transport: 'udp' | 'tcp' | 'tls',
): string {
  return `<${serializeUri(sipUri({ host, port, params: new Map([['transport', transport]]) }))}>`;
}
