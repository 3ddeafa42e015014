import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { getCACertificates } from 'node:tls';
import type { TlsSettings } from './tls-settings.ts';

let systemRoots: string | undefined;

/** The roots to trust, PEM. */
export async function trustedRoots(settings: TlsSettings): Promise<string> {
  if (settings.rootsPem !== undefined) return settings.rootsPem;
  if (settings.rootsPath !== undefined) return readRoots(settings.rootsPath);
  systemRoots ??= [...getCACertificates('default'), ...getCACertificates('system')].join('\n');
  return systemRoots;
}

async function readRoots(path: string): Promise<string> {
  if (!(await stat(path)).isDirectory()) return readFile(path, 'utf8');
  const names = (await readdir(path)).filter((name) => /\.(?:pem|crt|cer)$|\.\d$/.test(name));
  const files = await Promise.all(names.map((name) => readFile(join(path, name), 'utf8')));
  return files.join('\n');
}
