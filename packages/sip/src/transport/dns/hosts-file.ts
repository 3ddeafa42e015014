import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';

const HOSTS_PATH = '/etc/hosts';

/** Addresses of `name` in a hosts(5) file, in file order. */
export function addressesInHosts(text: string, name: string, family: 4 | 6): readonly string[] {
  const wanted = name.toLowerCase();
  const found: string[] = [];
  for (const line of text.split('\n')) {
    const [address = '', ...names] = (line.split('#', 1)[0] ?? '').trim().split(/\s+/);
    if (isIP(address) === family && names.some((known) => known.toLowerCase() === wanted)) {
      found.push(address);
    }
  }
  return found;
}

/** The machine's hosts file; empty where there is none. */
export async function readHostsFile(): Promise<string> {
  try {
    return await readFile(HOSTS_PATH, 'utf8');
  } catch {
    return '';
  }
}
