const shape = /^(?<host>[\w.-]{1,253}|\[[\da-f:.]+\])(?::\d{0,5})?$/i;

/**
 * The host in a Host field (RFC 9110 §7.2), lower case, without its port; undefined when the field is
 * none, or nothing that a URL can hold: answers are full of URLs made of it.
 */
export function hostOfAuthority(authority: string): string | undefined {
  const host = shape.exec(authority)?.groups?.['host'];
  return host !== undefined && URL.canParse(`http://${authority}`) ? host.toLowerCase() : undefined;
}
