import { carddavServerBodySchema, carddavServerSchema, idParamSchema } from '@dialtone/contract';
import { z } from 'zod';
import { notFound } from '../../errors/service-error.ts';
import { json, text } from '../../http/reply.ts';
import { type Route, route } from '../../http/route.ts';
import type { Platform } from '../../platform.ts';
import { getSpace } from '../space.service.ts';
import { carddavServerJson } from './carddav-json.ts';
import {
  type CarddavServer,
  type CarddavServerFields,
  deleteCarddavServer,
  insertCarddavServer,
  selectCarddavServer,
  selectCarddavServers,
  updateCarddavServer,
} from './carddav-server.repository.ts';

type ServersPlatform = Pick<Platform, 'db' | 'clock'>;

const path = '/api/spaces/:domain/carddavs';
const ofSpace = z.object({ domain: z.string() });
const ofServer = z.object({
  domain: z.string(),
  id: idParamSchema.describe('Id of the CardDAV server'),
});
const done = { description: '`1`', contentType: 'text/html' };
const unknown = { description: 'No such space or server' };
const refused = { description: 'Refused fields' };

/** The CardDAV directories of a space (flexiapi-core.md §9.6). */
export function carddavServersRoutes(platform: ServersPlatform): readonly Route[] {
  return [
    route({
      method: 'GET',
      path,
      audience: 'superAdmin',
      summary: 'List the CardDAV servers of a space',
      tag: 'Spaces',
      params: ofSpace,
      responses: {
        200: { description: 'The servers', schema: z.array(carddavServerSchema) },
        404: unknown,
      },
      handler: async (_context, { params }) => {
        const space = await getSpace(platform, params.domain);
        const servers = await selectCarddavServers(platform.db, [space.id]);
        return json(servers.map((server) => carddavServerJson(server)));
      },
    }),
    route({
      method: 'POST',
      path,
      audience: 'superAdmin',
      summary: 'Add a CardDAV server to a space',
      tag: 'Spaces',
      params: ofSpace,
      body: carddavServerBodySchema,
      responses: { 200: done, 404: unknown, 422: refused },
      handler: async (_context, { params, body }) => {
        const space = await getSpace(platform, params.domain);
        const now = platform.clock.now();
        await insertCarddavServer(platform.db, space.id, fieldsOf(body), now);
        return text('1');
      },
    }),
    route({
      method: 'GET',
      path: `${path}/:id`,
      audience: 'superAdmin',
      summary: 'Show a CardDAV server of a space',
      tag: 'Spaces',
      params: ofServer,
      responses: { 200: { description: 'The server', schema: carddavServerSchema }, 404: unknown },
      handler: async (_context, { params }) =>
        json(carddavServerJson(await getServer(platform, params.domain, params.id))),
    }),
    ...(['PUT', 'PATCH'] as const).map((method) =>
      route({
        method,
        path: `${path}/:id`,
        audience: 'superAdmin',
        summary: 'Replace a CardDAV server of a space',
        tag: 'Spaces',
        params: ofServer,
        body: carddavServerBodySchema,
        responses: { 200: done, 404: unknown, 422: refused },
        handler: async (_context, { params, body }) => {
          const server = await getServer(platform, params.domain, params.id);
          const now = platform.clock.now();
          await updateCarddavServer(platform.db, server.id, fieldsOf(body), now);
          return text('1');
        },
      }),
    ),
    route({
      method: 'DELETE',
      path: `${path}/:id`,
      audience: 'superAdmin',
      summary: 'Remove a CardDAV server with the credentials for it',
      tag: 'Spaces',
      params: ofServer,
      responses: { 200: done, 404: unknown },
      handler: async (_context, { params }) => {
        const server = await getServer(platform, params.domain, params.id);
        await deleteCarddavServer(platform.db, server.id);
        return text('1');
      },
    }),
  ];
}

async function getServer(
  platform: ServersPlatform,
  domain: string,
  id: number,
): Promise<CarddavServer> {
  const space = await getSpace(platform, domain);
  const server = await selectCarddavServer(platform.db, space.id, id);
  if (server === undefined) throw notFound();
  return server;
}

/** Absent switches are off, absent numbers have their defaults: a body is the whole server. */
function fieldsOf(body: z.output<typeof carddavServerBodySchema>): CarddavServerFields {
  return {
    enabled: body.enabled ?? false,
    uri: body.uri,
    minCharacters: body.min_characters ?? 3,
    resultsLimit: body.results_limit ?? 0,
    timeoutSeconds: body.timeout ?? 5,
    delayMs: body.delay ?? 500,
    fieldsForUserInput: body.fields_for_user_input ?? undefined,
    fieldsForDomain: body.fields_for_domain ?? undefined,
    useExactMatchPolicy: body.use_exact_match_policy ?? false,
  };
}
