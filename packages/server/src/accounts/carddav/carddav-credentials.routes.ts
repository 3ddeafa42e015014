import {
  carddavCredentialsBodySchema,
  carddavCredentialsSchema,
  idParamSchema,
} from '@dialtone/contract';
import { computeHa1 } from '@dialtone/sip/digest';
import { z } from 'zod';
import { transaction } from '../../db/transaction.ts';
import { forbidden, notFound } from '../../errors/service-error.ts';
import { json, text } from '../../http/reply.ts';
import type { RequestContext } from '../../http/request-context.ts';
import { type Route, route } from '../../http/route.ts';
import type { Platform } from '../../platform.ts';
import {
  type CarddavCredentials,
  deleteCarddavCredentials,
  replaceCarddavCredentials,
  selectCarddavServersOfAccounts,
} from '../../spaces/carddav/carddav-credentials.repository.ts';
import { selectCarddavServer } from '../../spaces/carddav/carddav-server.repository.ts';
import { getAccountInSpace } from '../account.service.ts';

type CredentialsPlatform = Pick<Platform, 'db' | 'clock'>;

const path = '/api/accounts/:id/carddavs';
const ofAccount = z.object({ id: idParamSchema });
const ofServer = z.object({ id: idParamSchema, carddav_id: idParamSchema });
const done = { description: '`1`', contentType: 'text/html' };
const off = { description: 'The space does not use them' };
const unknown = { description: 'No such account or server in this space, or no credentials' };

/** What accounts prove themselves with at CardDAV servers (flexiapi-core.md §9.7); hashes stay inside. */
export function carddavCredentialsRoutes(platform: CredentialsPlatform): readonly Route[] {
  return [
    route({
      method: 'GET',
      path,
      audience: 'admin',
      summary: 'List the CardDAV credentials of an account by server',
      tag: 'Accounts',
      params: ofAccount,
      responses: {
        200: {
          description: 'Credentials by id of the server',
          schema: z.record(z.string(), carddavCredentialsSchema),
        },
        403: off,
        404: unknown,
      },
      authorize,
      handler: async ({ space }, { params }) => {
        const account = await getAccountInSpace(platform, space, params.id);
        const servers = await selectCarddavServersOfAccounts(platform.db, [account.id]);
        return json(
          Object.fromEntries(
            servers.map(({ server, credentials }) => [server.id, credentialsJson(credentials)]),
          ),
        );
      },
    }),
    route({
      method: 'GET',
      path: `${path}/:carddav_id`,
      audience: 'admin',
      summary: 'Show the credentials of an account for a CardDAV server',
      tag: 'Accounts',
      params: ofServer,
      responses: {
        200: { description: 'Credentials', schema: carddavCredentialsSchema },
        403: off,
        404: unknown,
      },
      authorize,
      handler: async ({ space }, { params }) => {
        const account = await getAccountInSpace(platform, space, params.id);
        const servers = await selectCarddavServersOfAccounts(platform.db, [account.id]);
        const found = servers.find(({ server }) => server.id === params.carddav_id);
        if (found === undefined) throw notFound();
        return json(credentialsJson(found.credentials));
      },
    }),
    ...(['PUT', 'PATCH'] as const).map((method) =>
      route({
        method,
        path: `${path}/:carddav_id`,
        audience: 'admin',
        summary: 'Set the credentials of an account for a CardDAV server',
        tag: 'Accounts',
        params: ofServer,
        body: carddavCredentialsBodySchema,
        responses: { 200: done, 403: off, 404: unknown, 422: { description: 'Refused fields' } },
        authorize,
        handler: async ({ space }, { params, body }) => {
          const account = await getAccountInSpace(platform, space, params.id);
          const server = await selectCarddavServer(platform.db, space.id, params.carddav_id);
          if (server === undefined) throw notFound();
          const { username, realm, algorithm, password } = body;
          const credentials = {
            serverId: server.id,
            username,
            realm,
            algorithm,
            ha1: computeHa1({ algorithm, username, realm, password }),
          };
          await transaction(platform.db, (trx) =>
            replaceCarddavCredentials(trx, account.id, credentials, platform.clock.now()),
          );
          return text('1');
        },
      }),
    ),
    route({
      method: 'DELETE',
      path: `${path}/:carddav_id`,
      audience: 'admin',
      summary: 'Remove the credentials of an account for a CardDAV server',
      tag: 'Accounts',
      params: ofServer,
      responses: { 200: done, 403: off, 404: unknown },
      authorize,
      handler: async ({ space }, { params }) => {
        const account = await getAccountInSpace(platform, space, params.id);
        if (!(await deleteCarddavCredentials(platform.db, account.id, params.carddav_id))) {
          throw notFound();
        }
        return text('1');
      },
    }),
  ];
}

function authorize({ space }: RequestContext): void {
  if (!space.switches.carddav_user_credentials) throw forbidden('space.feature_disabled');
}

function credentialsJson({ serverId, username, realm, algorithm }: CarddavCredentials) {
  return { carddav_id: serverId, username, realm, algorithm };
}
