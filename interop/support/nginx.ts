import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Certificate } from './certificate.ts';
import { freePort } from './free-port.ts';
import { startProgram } from './program.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { waitUntil } from './wait-until.ts';

const MANUAL = join(import.meta.dirname, '../../docs/install.md');

/** Debian's nginx with the configuration that docs/install.md gives to administrators. */
export interface Nginx extends AsyncDisposable {
  /** HTTPS. */
  readonly port: number;
}

interface NginxOptions {
  /** Port of the server behind it. */
  readonly upstreamPort: number;
  readonly certificate: Certificate;
  /** Authorities of client certificates. */
  readonly clientRootsFile: string;
}

/** Replaces what must be there: the manual's example is used as it stands, but for places and ports. */
function replaceIn(text: string, replacements: readonly (readonly [string, string])[]): string {
  return replacements.reduce((result, [from, to]) => {
    if (!result.includes(from)) throw new Error(`docs/install.md has no "${from}" any more`);
    return result.replace(from, to);
  }, text);
}

function exampleOfManual(): string {
  const [, example] = /```nginx\n([\s\S]*?)```/.exec(readFileSync(MANUAL, 'utf8')) ?? [];
  if (example === undefined) throw new Error('docs/install.md has no nginx example any more');
  return example;
}

/** Starts nginx on a loopback port of its own. */
export async function startNginx(options: NginxOptions): Promise<Nginx> {
  const folder = temporaryFolder('nginx');
  const port = await freePort();
  const { certificateFile, keyFile } = options.certificate;
  const site = replaceIn(exampleOfManual(), [
    ['127.0.0.1:8080', `127.0.0.1:${options.upstreamPort}`],
    ['listen 443 ssl', `listen 127.0.0.1:${port} ssl`],
    ['/etc/letsencrypt/live/accounts.example.org/fullchain.pem', certificateFile],
    ['/etc/letsencrypt/live/accounts.example.org/privkey.pem', keyFile],
    [
      '# ssl_client_certificate /etc/dialtone/clients.pem',
      `ssl_client_certificate ${options.clientRootsFile}`,
    ],
    ['# ssl_verify_client', 'ssl_verify_client'],
  ]);
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  for (const path of paths) mkdirSync(join(folder.path, path));
  const file = join(folder.path, 'nginx.conf');
  writeFileSync(
    file,
    `daemon off;
worker_processes 1;
pid ${folder.path}/nginx.pid;
error_log stderr;
events {}
http {
access_log off;
${paths.map((path) => `${path}_temp_path ${folder.path}/${path};`).join('\n')}
${site}
}
`,
  );
  const program = startProgram('/usr/sbin/nginx', ['-c', file, '-p', folder.path, '-e', 'stderr']);
  await waitUntil('nginx listens', async () => {
    if (!program.running) throw new Error(`nginx ended:\n${program.output()}`);
    return fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => undefined,
    );
  });
  return {
    port,
    [Symbol.asyncDispose]: async () => {
      await program.stop();
      folder[Symbol.dispose]();
    },
  };
}
