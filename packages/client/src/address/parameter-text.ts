import { NO_PARAMS, type Params } from '@dialtone/sip';

/**
 * Reads `a=b;c`, as applications and configuration files write parameters: no escaping, no quotes
 * needed. Undefined when a name is missing or text would break out of the header.
 */
export function readParameterText(text: string): Params | undefined {
  if (/[\r\n\0]/.test(text)) return undefined;
  const params = new Map<string, string | null>();
  for (const part of text.split(';')) {
    const entry = part.trim();
    if (entry === '') continue;
    const equals = entry.indexOf('=');
    const name = (equals === -1 ? entry : entry.slice(0, equals)).trim().toLowerCase();
    if (!isParameterName(name)) return undefined;
    const value = equals === -1 ? '' : unquoted(entry.slice(equals + 1).trim());
    params.delete(name);
    params.set(name, value === '' ? null : value);
  }
  return params.size === 0 ? NO_PARAMS : params;
}

/** A token (RFC 3261 §25.1). */
export function isParameterName(name: string): boolean {
  return /^[\w\-.!%*+`'~]+$/.test(name);
}

function unquoted(value: string): string {
  return value.length > 1 && value.startsWith('"') && value.endsWith('"')
    ? value.slice(1, -1).replaceAll(/\\(.)/g, '$1')
    : value;
}

/** A copy with one parameter set, at the end; null or empty: without value. */
export function withParameter(params: Params, name: string, value: string | null): Params {
  const copy = new Map(params);
  copy.delete(name.toLowerCase());
  return copy.set(name.toLowerCase(), value === '' ? null : value);
}
