import { isIP } from 'node:net';
import { InvalidArgumentError } from 'commander';

const LABELS = /^[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?)*$/;
const MAX_LENGTH = 253;

/** Reads a host name or an IP address, as spaces have for domain and host; in lower case. */
export function hostName(text: string): string {
  const host = text.toLowerCase();
  if (host.length <= MAX_LENGTH && (isIP(host) !== 0 || LABELS.test(host))) return host;
  throw new InvalidArgumentError(
    'Write a name such as sip.example.org, or an IP address: no scheme, port or path.',
  );
}
