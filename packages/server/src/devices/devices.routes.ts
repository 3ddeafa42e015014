import { devicesSchema, idParamSchema } from '@dialtone/contract';
import type { BindingStore } from '@dialtone/sip/registrar';
import { z } from 'zod';
import { type Account, addressOf } from '../accounts/account.ts';
import { findAccountById, getAccountInSpace } from '../accounts/account.service.ts';
import { notFound } from '../errors/service-error.ts';
import { empty, json, type Reply, text } from '../http/reply.ts';
import { type Route, route } from '../http/route.ts';
import type { Platform } from '../platform.ts';
import { type Device, deviceOf } from './device.ts';

/** Who is registered; without a registrar there are no devices. */
export type DevicesPlatform = Pick<Platform, 'db' | 'clock'> & {
  readonly bindings?: BindingStore | undefined;
};

const tag = 'Devices';

const listResponse = {
  200: { description: 'Devices by uuid', schema: devicesSchema },
} as const;

const deleteResponse = {
  200: { description: '`1` when it was registered, else nothing', contentType: 'text/html' },
} as const;

/** Phones registered at the embedded registrar. */
export function devicesRoutes(platform: DevicesPlatform): readonly Route[] {
  const list = async (account: Account): Promise<Reply> => json(await devicesOf(platform, account));
  const remove = async (account: Account, uuid: string): Promise<Reply> =>
    (await unregister(platform, account, uuid)) ? text('1') : empty();
  const own = async (accountId: number): Promise<Account> => {
    const account = await findAccountById(platform, accountId);
    if (account === undefined) throw notFound('account.not_found');
    return account;
  };
  const accountId = z.object({ id: idParamSchema });
  return [
    route({
      method: 'GET',
      path: '/api/accounts/me/devices',
      audience: 'account',
      tag,
      summary: 'Own registered devices',
      responses: listResponse,
      handler: async ({ caller }) => list(await own(caller.accountId)),
    }),
    route({
      method: 'DELETE',
      path: '/api/accounts/me/devices/:uuid',
      audience: 'account',
      tag,
      summary: 'Unregister an own device',
      params: z.object({ uuid: z.string() }),
      responses: deleteResponse,
      handler: async ({ caller }, { params }) => remove(await own(caller.accountId), params.uuid),
    }),
    route({
      method: 'GET',
      path: '/api/accounts/:id/devices',
      audience: 'admin',
      tag,
      summary: 'Registered devices of an account',
      params: accountId,
      responses: listResponse,
      handler: async ({ space }, { params }) =>
        list(await getAccountInSpace(platform, space, params.id)),
    }),
    route({
      method: 'DELETE',
      path: '/api/accounts/:id/devices/:uuid',
      audience: 'admin',
      tag,
      summary: 'Unregister a device of an account',
      params: accountId.extend({ uuid: z.string() }),
      responses: deleteResponse,
      handler: async ({ space }, { params }) =>
        remove(await getAccountInSpace(platform, space, params.id), params.uuid),
    }),
  ];
}

async function devicesOf(
  { bindings, clock }: DevicesPlatform,
  account: Account,
): Promise<Readonly<Record<string, Device>>> {
  const registered = (await bindings?.list(addressOf(account), clock.now())) ?? [];
  return Object.fromEntries(
    registered
      .map(deviceOf)
      .filter((device) => device !== undefined)
      .map((device) => [device.uuid, device]),
  );
}

/** Forgets the bindings of a device; it registers again at its next refresh. */
async function unregister(
  { bindings, clock }: DevicesPlatform,
  account: Account,
  uuid: string,
): Promise<boolean> {
  const now = clock.now();
  const aor = addressOf(account);
  const registered = (await bindings?.list(aor, now)) ?? [];
  const others = registered.filter(({ instanceId }) => instanceId !== uuid);
  if (others.length === registered.length) return false;
  await bindings?.replace(aor, others, now);
  return true;
}
