/** What stands in a log where a secret was. */
export const CENSORED = '[redacted]';

/** Names of fields that never reach a log, at any of the first three levels of a record. */
export const secretFields = [
  'password',
  'old_password',
  'password_confirmation',
  'ha1',
  'token',
  'api_key',
  'apiKey',
  'key',
  'code',
  'secret',
  'response',
  'cnonce',
  'nonce',
  'opaque',
  'authorization',
  'cookie',
  '["set-cookie"]',
  '["x-api-key"]',
  '["www-authenticate"]',
  '["auth-digest"]',
  'provisioning_token',
  'account_creation_token',
  'account_creation_request_token',
  'account_recovery_token',
  'auth_token',
  'provisioningUrl',
  'provisioning_url',
  'body',
] as const;

/** Paths of the secret fields in pino's notation. */
export function redactedPaths(): string[] {
  const parents = ['', '*', '*.*'];
  return parents.flatMap((parent) => secretFields.map((field) => join(parent, field)));
}

function join(parent: string, field: string): string {
  if (parent === '') return field;
  return field.startsWith('[') ? `${parent}${field}` : `${parent}.${field}`;
}

/**
 * Removes secrets from free text, such as the message of a database driver that quotes a value:
 * what follows a path that ends in a token, values of secret parameters, keys and hashes by their length.
 * Lines of a stack (`…/provisioning/hooks.ts:12:5`) stay: they say where an error is from.
 */
export function scrub(text: string): string {
  return text
    .replace(
      /(\/(?:provisioning|reset_password|creation_token|recovery|auth_token|f|wizard)\/)(?![^\s"'?]{1,250}\.[cm]?[jt]s:\d+:\d+)[^\s"'?]+/g,
      `$1${CENSORED}`,
    )
    .replace(
      /\b((?:[a-z_]*token|[a-z_]*password|code|secret|api_key|x-api-key|ha1|response)["']?\s*[=:]\s*["']?)[^\s"'&,;]+/gi,
      `$1${CENSORED}`,
    )
    .replace(/\b((?:Digest|Bearer|Basic)\s)\S.*/g, `$1${CENSORED}`)
    .replace(/(:\/\/[^\s:@/]*:)[^\s@/]+@/g, `$1${CENSORED}@`)
    .replace(/\b[A-Za-z0-9]{32,}\b/g, CENSORED);
}
