import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A Redis of this test alone, in memory, on a socket file. */
export interface RedisServer {
  /** What `DIALTONE_REDIS` takes. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts Redis (Debian package `redis-server`) and waits until it answers. */
export async function startRedisServer(): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'dialtone-redis-'));
  const url = join(folder, 'redis.sock');
  const arguments_ = ['--port', '0', '--unixsocket', url, '--save', '', '--dir', folder];
  const child = spawn('redis-server', arguments_, { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = once(child, 'exit');
  let output = '';
  for await (const chunk of child.stdout) {
    output += String(chunk);
    if (output.includes('eady to accept connections')) break;
  }
  return {
    url,
    stop: async () => {
      child.kill();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
