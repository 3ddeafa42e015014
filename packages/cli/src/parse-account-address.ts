import { UsageError } from './output/usage-error.ts';

/**
 * `user@domain`, `sip:user@domain` or `user`.
 * @throws UsageError
 */
export function parseAccountAddress(text: string): {
  readonly username: string;
  readonly domain: string | undefined;
} {
  const [username = '', domain, ...more] = text.replace(/^sips?:/i, '').split('@');
  if (username === '' || domain === '' || more.length > 0) {
    throw new UsageError(`"${text}" is no SIP address; write user@domain.`);
  }
  return { username, domain };
}
