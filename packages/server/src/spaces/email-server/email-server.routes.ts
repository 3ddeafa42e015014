import { emailServerBodySchema, emailServerSchema } from '@dialtone/contract';
import { z } from 'zod';
import { transaction } from '../../db/transaction.ts';
import { notFound } from '../../errors/service-error.ts';
import { json, text } from '../../http/reply.ts';
import { type Route, route } from '../../http/route.ts';
import type { Platform } from '../../platform.ts';
import { lockSpace } from '../space.repository.ts';
import { getSpace } from '../space.service.ts';
import {
  deleteEmailServer,
  emailServerJson,
  replaceEmailServer,
  selectEmailServers,
} from './email-server.repository.ts';

const path = '/api/spaces/:domain/email';
const params = z.object({ domain: z.string() });
const server = { description: 'The server', schema: emailServerSchema };
const unknown = { description: 'No such space, or it has no server' };

/** The SMTP server of a space (flexiapi-core.md §9.5). */
export function emailServerRoutes(platform: Pick<Platform, 'db' | 'clock'>): readonly Route[] {
  return [
    route({
      method: 'GET',
      path,
      audience: 'superAdmin',
      summary: 'Show the mail server of a space',
      tag: 'Spaces',
      params,
      responses: { 200: server, 404: unknown },
      handler: async (_context, { params }) => {
        const space = await getSpace(platform, params.domain);
        const [found] = await selectEmailServers(platform.db, [space.id]);
        if (found === undefined) throw notFound();
        return json(emailServerJson(found));
      },
    }),
    route({
      method: 'POST',
      path,
      audience: 'superAdmin',
      summary: 'Set the mail server of a space',
      tag: 'Spaces',
      params,
      body: emailServerBodySchema,
      responses: {
        200: { ...server, description: 'Replaced' },
        201: { ...server, description: 'Created' },
        404: unknown,
        422: { description: 'Refused fields' },
      },
      handler: async (_context, { params, body }) => {
        const fields = {
          host: body.host,
          port: body.port,
          username: body.username ?? null,
          password: body.password ?? null,
          from_address: body.from_address ?? null,
          from_name: body.from_name ?? null,
          signature: body.signature ?? null,
        };
        return transaction(platform.db, async (trx) => {
          await lockSpace(trx, params.domain);
          const space = await getSpace({ db: trx }, params.domain);
          const created = await replaceEmailServer(trx, space.id, fields, platform.clock.now());
          const [stored] = await selectEmailServers(trx, [space.id]);
          if (stored === undefined) throw notFound();
          return json(emailServerJson(stored), created ? 201 : 200);
        });
      },
    }),
    route({
      method: 'DELETE',
      path,
      audience: 'superAdmin',
      summary: 'Remove the mail server of a space',
      tag: 'Spaces',
      params,
      responses: { 200: { description: '`1`', contentType: 'text/html' }, 404: unknown },
      handler: async (_context, { params }) => {
        const space = await getSpace(platform, params.domain);
        if (!(await deleteEmailServer(platform.db, space.id))) throw notFound();
        return text('1');
      },
    }),
  ];
}
