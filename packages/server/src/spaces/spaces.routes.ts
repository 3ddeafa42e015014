import {
  createSpaceBodySchema,
  createdSpaceSchema,
  type SettableSpaceSwitch,
  settableSpaceSwitches,
  spaceSchema,
  updateSpaceBodySchema,
} from '@dialtone/contract';
import { z } from 'zod';
import { json, text } from '../http/reply.ts';
import { type Route, route } from '../http/route.ts';
import type { Platform } from '../platform.ts';
import { carddavServersRoutes } from './carddav/carddav-servers.routes.ts';
import { emailServerRoutes } from './email-server/email-server.routes.ts';
import { createdSpaceJson, presentSpace, presentSpaces } from './space-json.ts';
import { createSpace, deleteSpace, getSpace, listSpaces, updateSpace } from './space.service.ts';

const params = z.object({ domain: z.string() });
const space = { description: 'The space', schema: spaceSchema };
const unknown = { description: 'No such space' };
const refused = { description: 'Refused fields' };

/** What super administrators do with spaces (flexiapi-core.md §9). */
export function spacesRoutes(platform: Pick<Platform, 'db' | 'clock'>): readonly Route[] {
  const { db } = platform;
  return [
    route({
      method: 'GET',
      path: '/api/spaces',
      audience: 'superAdmin',
      summary: 'List all spaces',
      tag: 'Spaces',
      responses: { 200: { description: 'The spaces', schema: z.array(spaceSchema) } },
      handler: async () => json(await presentSpaces(db, await listSpaces(platform))),
    }),
    route({
      method: 'POST',
      path: '/api/spaces',
      audience: 'superAdmin',
      summary: 'Create a space, ready for SIP passwords',
      tag: 'Spaces',
      body: createSpaceBodySchema,
      responses: { 201: { description: 'The space', schema: createdSpaceSchema }, 422: refused },
      handler: async (_context, { body }) => {
        const created = await createSpace(platform, {
          domain: body.domain,
          name: body.name,
          host: body.host,
          maxAccount: body.max_account ?? 0,
          maxAccounts: body.max_accounts ?? 0,
          ...optionalSettings(body),
          switches: givenSwitches(body),
        });
        return json(createdSpaceJson(created), 201);
      },
    }),
    route({
      method: 'GET',
      path: '/api/spaces/:domain',
      audience: 'superAdmin',
      summary: 'Show a space',
      tag: 'Spaces',
      params,
      responses: { 200: space, 404: unknown },
      handler: async (_context, { params }) =>
        json(await presentSpace(db, await getSpace(platform, params.domain))),
    }),
    ...(['PUT', 'PATCH'] as const).map((method) =>
      route({
        method,
        path: '/api/spaces/:domain',
        audience: 'superAdmin',
        summary: 'Replace the settings of a space',
        description:
          'The body is the complete object: every switch must be in it, and absent texts are cleared.',
        tag: 'Spaces',
        params,
        body: updateSpaceBodySchema,
        responses: { 200: space, 404: unknown, 422: refused },
        handler: async (_context, { params, body }) => {
          const changed = await updateSpace(platform, params.domain, {
            name: body.name,
            host: body.host.toLowerCase(),
            maxAccount: body.max_account,
            maxAccounts: body.max_accounts,
            ...optionalSettings(body),
            switches: givenSwitches(body),
          });
          return json(await presentSpace(db, changed));
        },
      }),
    ),
    route({
      method: 'DELETE',
      path: '/api/spaces/:domain',
      audience: 'superAdmin',
      summary: 'Delete a space with its accounts',
      tag: 'Spaces',
      params,
      responses: { 200: { description: '`1`', contentType: 'text/html' }, 404: unknown },
      handler: async (_context, { params }) => {
        await deleteSpace(platform, params.domain);
        return text('1');
      },
    }),
    ...emailServerRoutes(platform),
    ...carddavServersRoutes(platform),
  ];
}

type SpaceBody = z.output<typeof createSpaceBodySchema> | z.output<typeof updateSpaceBodySchema>;

/** Settings that are empty when absent, at creation and at update alike. */
function optionalSettings(body: SpaceBody) {
  return {
    expireAt: body.expire_at ?? undefined,
    copyrightText: body.copyright_text ?? undefined,
    introRegistrationText: body.intro_registration_text ?? undefined,
    newsletterRegistrationAddress: body.newsletter_registration_address ?? undefined,
    accountProxyRegistrarAddress: body.account_proxy_registrar_address ?? undefined,
    customProvisioningEntries: body.custom_provisioning_entries ?? undefined,
    themeHue: body.theme_hue ?? undefined,
  };
}

/** The switches that the body has; the others keep their value. */
function givenSwitches(body: SpaceBody): Partial<Record<SettableSpaceSwitch, boolean>> {
  const given: Partial<Record<SettableSpaceSwitch, boolean>> = {};
  for (const name of settableSpaceSwitches) {
    const value = body[name];
    if (typeof value === 'boolean') given[name] = value;
  }
  return given;
}
