/** What a QR code or a link asks for. */
export interface ProvisioningLink {
  /** Where the configuration is. */
  readonly provisioningUri: string;
  /** The SIP address the link was about, `sip:…`. */
  readonly address?: string;
  /** What to do with the address: `show`, `call`, … */
  readonly action?: string;
}

const SIP_LINK = /^(sips?|sips?-linphone|linphone-sips?):([^?]*)\?(.*)$/is;

/**
 * Reads the text of a QR code, a deep link or a command line argument (provisioning-client.md §3.1,
 * §3.2): a plain `http(s)` URL, `linphone-config:`, a SIP link with `linphone-fetch-config` or
 * `fetch-config`, or `fetch-config=` alone. Undefined when it holds no provisioning URI.
 */
export function parseProvisioningLink(text: string): ProvisioningLink | undefined {
  const trimmed = text.trim();
  const config = /^linphone-config:(.*)$/is.exec(trimmed)?.[1];
  if (config !== undefined) return linkTo(configLinkTarget(config), ['http:', 'https:', 'file:']);

  const [, scheme, user, query] = SIP_LINK.exec(trimmed) ?? [];
  if (scheme !== undefined && user !== undefined && query !== undefined) {
    return sipLink(scheme, user, new URLSearchParams(query));
  }
  const argument = /^fetch-config=(.*)$/is.exec(trimmed)?.[1];
  return linkTo(argument ?? trimmed, ['http:', 'https:']);
}

/** `https://h/p`, `//h/p`, `h/p`, `//https://h/p`: the forms the different apps understand. */
function configLinkTarget(rest: string): string | undefined {
  const encoded = new URLSearchParams(rest.slice(rest.indexOf('?') + 1)).get('fetch-config');
  if (encoded !== null) return fromBase64(encoded);
  if (/^(?:https?|file):/i.test(rest)) return rest;
  const bare = rest.replace(/^\/\//, '');
  return /^https?:\/\//i.test(bare) ? bare : `https://${bare}`;
}

function sipLink(
  scheme: string,
  user: string,
  query: URLSearchParams,
): ProvisioningLink | undefined {
  const base64 = query.get('fetch-config');
  const target =
    query.get('linphone-fetch-config') ?? (base64 === null ? undefined : fromBase64(base64));
  const link = linkTo(target, ['http:', 'https:']);
  if (link === undefined) return undefined;
  const secure = /sips/i.test(scheme) || query.get('linphone-use-sips') === 'true';
  const action = query.get('linphone-action') ?? query.get('method');
  return {
    ...link,
    ...(user === '' ? {} : { address: `${secure ? 'sips' : 'sip'}:${user}` }),
    ...(action === null ? {} : { action }),
  };
}

/** The scheme in lower case, as it is looked for at the start; QR codes are often all in upper case. */
function linkTo(uri: string | undefined, schemes: readonly string[]): ProvisioningLink | undefined {
  const url = uri === undefined ? null : URL.parse(uri);
  if (uri === undefined || url === null || !schemes.includes(url.protocol)) return undefined;
  const rest = uri.slice(url.protocol.length);
  // A host is not all a URL parser would find one in: `https:path` and `https:///path` are no addresses.
  const isAddress = url.protocol === 'file:' ? rest.startsWith('//') : /^\/\/[^/]/.test(rest);
  return isAddress ? { provisioningUri: url.protocol + rest } : undefined;
}

function fromBase64(text: string): string | undefined {
  const bytes = Buffer.from(text.replaceAll(' ', '+'), 'base64');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim();
  } catch {
    return undefined;
  }
}
