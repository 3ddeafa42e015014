import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { AccountCreatorStatus } from '@dialtone/client';
import { temporaryFolder } from './temporary-folder.ts';

/** Debian's liblinphone with an account creator, driven line by line. */
export interface RealAccountCreator extends AsyncDisposable {
  /** Sets a property (`username`, `phone` with its country, …). */
  set(property: string, ...values: readonly string[]): Promise<void>;
  /** Makes a request that must be accepted at once; its final status by name, and the answer's text. */
  request(name: string): Promise<{ readonly status: string; readonly response: string }>;
}

const statusNames = new Map<number, string>(
  Object.entries(AccountCreatorStatus).map(([name, value]) => [value, name]),
);

/** Compiles our small C program and starts it against an XML-RPC endpoint. */
export function startAccountCreator(xmlRpcUrl: string): RealAccountCreator {
  const folder = temporaryFolder('creator');
  const binary = join(folder.path, 'account-creator');
  const source = join(import.meta.dirname, '../account-creator/account-creator.c');
  execFileSync('/usr/bin/cc', ['-Wno-deprecated-declarations', source, '-o', binary, '-llinphone']);
  const rc = join(folder.path, 'linphonerc');
  writeFileSync(
    rc,
    '[sip]\nbind_address=127.0.0.1\nsip_port=-1\nsip_tcp_port=-1\nsip_tls_port=-1\nuse_ipv6=0\nuser_agent=Interop/1.0\n[net]\ndns_srv_enabled=0\n',
  );
  const child: ChildProcessWithoutNullStreams = spawn(binary, [rc, `${folder.path}/`, xmlRpcUrl], {
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
        status: statusNames.get(Number(code)) ?? `no answer (${code})`,
        response: response.join(' '),
      };
    },
    [Symbol.asyncDispose]: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.stdin.end('quit\n');
      await ended;
      folder[Symbol.dispose]();
    },
  };
}
