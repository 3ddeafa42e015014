import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { statusName } from './creator.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Debian's liblinphone with an account creator, driven line by line. */
export interface RealAccountCreator extends AsyncDisposable {
  /** Sets a property (`username`, `phone` with its country, …). */
  set(property: string, ...values: readonly string[]): Promise<void>;
  /** Makes a request that must be accepted at once; its final status by name, and the answer's text. */
  request(name: string): Promise<{ readonly status: string; readonly response: string }>;
  /** Makes a request whose result this version of the library does not tell; what it says at once. */
  send(name: string): Promise<string>;
}

/** Where its account creator asks: an XML-RPC endpoint, or the REST API, as an account if there is one. */
export type Backend =
  | { readonly xmlRpc: string }
  | { readonly flexiApi: string; readonly account?: string; readonly password?: string };

const QUIET =
  '[sip]\nbind_address=127.0.0.1\nsip_port=-1\nsip_tcp_port=-1\nsip_tls_port=-1\nuse_ipv6=0\nuser_agent=Interop/1.0\n';

/** `linphonerc` lines. The library reads the backend when it starts. */
function configuration(backend: Backend): string {
  const lines = `${QUIET}default_proxy=0\n[net]\ndns_srv_enabled=0\n`;
  if ('xmlRpc' in backend) return lines;
  const { flexiApi, account, password = 'secret' } = backend;
  const rest = `${lines}[account_creator]\nbackend=1\nurl=${flexiApi}\n`;
  if (account === undefined) return rest;
  const [username, domain] = account.split('@');
  return `${rest}[proxy_0]\nreg_proxy=<sip:127.0.0.1:9;transport=tcp>\nreg_identity=<sip:${account}>\nreg_sendregister=0\n[auth_info_0]\nusername=${username}\npasswd=${password}\ndomain=${domain}\n`;
}

/** Compiles our small C program and starts it. */
export function startAccountCreator(backend: Backend): RealAccountCreator {
  const folder = temporaryFolder('creator');
  const binary = join(folder.path, 'account-creator');
  const source = join(import.meta.dirname, '../account-creator/account-creator.c');
  execFileSync('/usr/bin/cc', ['-Wno-deprecated-declarations', source, '-o', binary, '-llinphone']);
  const rc = join(folder.path, 'linphonerc');
  writeFileSync(rc, configuration(backend));
  const args = [rc, `${folder.path}/`, ...('xmlRpc' in backend ? [backend.xmlRpc] : [])];
  const child: ChildProcessWithoutNullStreams = spawn(binary, args, {
    env: { ...process.env, HOME: folder.path },
  });
  child.stderr.resume();
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();

  /** The next line of the program that begins with `word`; library warnings in between are skipped. */
  const next = async (word: string): Promise<readonly string[]> => {
    for (;;) {
      const { value, done } = await lines.next();
      if (done === true) throw new Error(`account-creator ended before "${word}"`);
      const [first, ...rest] = value.split(' ');
      if (first === word) return rest;
    }
  };

  return {
    async set(property, ...values) {
      child.stdin.write(`${[property, ...values].join(' ')}\n`);
      await next('set');
    },
    async request(name) {
      child.stdin.write(`${name}\n`);
      const [provisional] = await next('provisional');
      if (provisional !== '0') throw new Error(`${name} was refused at once: ${provisional}`);
      const [code, ...response] = await next('final');
      return {
        status: code === '-1' ? 'no answer' : statusName(Number(code)),
        response: response.join(' '),
      };
    },
    async send(name) {
      child.stdin.write(`send ${name}\n`);
      const [provisional] = await next('provisional');
      return statusName(Number(provisional));
    },
    [Symbol.asyncDispose]: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.stdin.end('quit\n');
      await ended;
      folder[Symbol.dispose]();
    },
  };
}
