import { FakeClock } from '@dialtone/sip/testing';
import { systemRandom } from '@dialtone/sip';
import { randomBytes } from 'node:crypto';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { type Account } from '../accounts/account.ts';
import { createAccount, type NewAccount } from '../accounts/create-account.ts';
import { allRoutes, type AppPlatform, buildApp } from '../app.ts';
import { insertApiKey } from '../auth/api-key.repository.ts';
import { API_KEY_LENGTH } from '../auth/api-keys.service.ts';
import { KeyUsage } from '../auth/key-usage.ts';
import { type Environment, readConfig } from '../config/env.ts';
import type { OpenDatabase } from '../db/database.ts';
import { toDbDate } from '../db/dates.ts';
import type { Route } from '../http/route.ts';
import { type Logger, silentLogger } from '../log/logger.ts';
import { MemoryRateLimiter } from '../rate-limit/memory-rate-limiter.ts';
import { unlimited } from '../rate-limit/rate-limiter.ts';
import type { Space } from '../spaces/space.ts';
import { createSeal } from '../sealing/seal.ts';
import { createSpace, type NewSpace } from '../spaces/space.service.ts';
import { inspectReply } from './inspect-reply.ts';
import { openTestDatabase } from './test-database.ts';

/** What a test may choose; everything has a default. */
export interface TestAppOptions {
  /** Environment variables over those of the reference's set-up (flexiapi-core.md §13). */
  readonly config?: Environment;
  /** Start of the clock in milliseconds; default 2026-01-01. */
  readonly now?: number;
  readonly log?: Logger;
  /** Count calls against rate limits; default false. */
  readonly rateLimits?: boolean;
  /** A migrated database other than one of its own; whoever opened it closes it. */
  readonly database?: OpenDatabase;
  /** More routes, or other ones. */
  readonly routes?: (platform: AppPlatform) => readonly Route[];
  /** Parts of the platform that only some features have. */
  readonly platform?: Partial<AppPlatform>;
}

/** A whole server in this process: real routes on an in-memory database, a clock that stands still. */
export interface TestApp {
  readonly app: FastifyInstance;
  readonly platform: AppPlatform;
  /** Host and domain `sip.example.com`, digest SHA-256. */
  readonly space: Space;
  readonly clock: FakeClock;
  readonly keyUsage: KeyUsage;
  /** Sends a request to the space's host that expects JSON; `key` is an API key. */
  request(options: TestRequest): Promise<LightMyRequestResponse>;
  /** A further space; domain = host. */
  createSpace(space: Partial<NewSpace> & { readonly domain: string }): Promise<Space>;
  /** An account of `space` (default the first one). */
  createAccount(
    account: Partial<NewAccount> & { readonly username: string },
    space?: Space,
  ): Promise<Account>;
  /** A user key that works from anywhere. */
  createKey(account: Pick<Account, 'id'>, ip?: string): Promise<string>;
  close(): Promise<void>;
}

export interface TestRequest {
  readonly method?: InjectOptions['method'];
  readonly url: string;
  readonly body?: NonNullable<InjectOptions['payload']>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly key?: string;
  readonly remoteAddress?: string;
}

export async function buildTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const database = options.database ?? (await openTestDatabase());
  const clock = new FakeClock(options.now);
  const platform: AppPlatform = {
    db: database.db,
    clock,
    random: systemRandom,
    log: options.log ?? silentLogger(),
    config: readConfig({ APP_ROOT_HOST: 'example.com', ...options.config }),
    seal: createSeal(randomBytes(32)),
    ...options.platform,
  };
  const keyUsage = new KeyUsage(platform);
  const limiter = options.rateLimits === true ? new MemoryRateLimiter(clock) : unlimited;
  const routes = (options.routes ?? allRoutes)(platform, { limiter });
  const app = buildApp(platform, { keyUsage, limiter, inspect: inspectReply }, routes);

  const addSpace: TestApp['createSpace'] = (space) =>
    createSpace(platform, { host: space.domain, name: space.domain, ...space });
  const space = await addSpace({ domain: 'sip.example.com' });

  return {
    app,
    platform,
    space,
    clock,
    keyUsage,
    createSpace: addSpace,
    request: ({ method = 'GET', url, body, headers, key, remoteAddress }) =>
      app.inject({
        method,
        url,
        headers: {
          host: space.host,
          accept: 'application/json',
          ...(typeof body === 'object' ? { 'content-type': 'application/json' } : {}),
          ...(key === undefined ? {} : { 'x-api-key': key }),
          ...headers,
        },
        ...(body === undefined ? {} : { payload: body }),
        ...(remoteAddress === undefined ? {} : { remoteAddress }),
      }),
    createAccount: (account, owner = space) =>
      createAccount(platform, owner, { password: 'secret', ipAddress: '127.0.0.1', ...account }),
    createKey: async ({ id }, ip) => {
      const key = systemRandom.token(API_KEY_LENGTH);
      const date = toDbDate(clock.now());
      await insertApiKey(platform.db, {
        account_id: id,
        key,
        ip: ip ?? null,
        last_used_at: date,
        created_at: date,
        updated_at: date,
        name: null,
        expires_after_last_used_minutes: null,
      });
      return key;
    },
    close: async () => {
      await keyUsage.flush();
      await app.close();
      if (options.database === undefined) await database.close();
    },
  };
}
