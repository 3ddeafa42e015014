import { z } from 'zod';
import { findAccountById } from '../accounts/account.service.ts';
import { notFound, badRequest } from '../errors/service-error.ts';
import { empty, type Reply, xml } from '../http/reply.ts';
import type { RequestContext } from '../http/request-context.ts';
import { type Route, route } from '../http/route.ts';
import type { ProvisioningPlatform, ProvisioningRequest } from './provisioning-platform.ts';
import {
  provisionAccount,
  provisionByAuthToken,
  provisionByToken,
  publicDocuments,
  usableToken,
} from './provisioning.service.ts';
import { previewRoute } from './preview/preview.routes.ts';
import { qrRoute } from './qr/qr.routes.ts';
import { setUpPage } from './set-up-page.ts';
import { wizardRoutes } from './wizard.routes.ts';

const HEADER = 'x-linphone-provisioning';

const tag = 'Provisioning';

/** Bytes that fit into a QR code of level high, 1273, and some to spare. */
const MOST_OF_A_CODE = 1200;

/** Any parameters: hooks may read them. Only the presence of `reset_password` counts. */
const query = z.looseObject({ reset_password: z.unknown().optional() });

const documentResponse = {
  200: { description: 'The configuration of a phone', contentType: 'application/xml' },
  400: { description: `No ${HEADER} header` },
} as const;

const headers = { [HEADER]: 'Any value; without it the answer is 400, unless the space waives it' };

/** Crawlers and link previews do not send the header; they must not spend tokens. */
function requireHeader(context: RequestContext): void {
  if (!context.space.doors.provisioningHeaderRequired) return;
  if (context.header(HEADER) === undefined) throw badRequest('provisioning.header_missing');
}

function asked(
  context: RequestContext,
  query: Readonly<Record<string, unknown>>,
): ProvisioningRequest {
  const authenticated = context.caller !== undefined;
  const resetPassword = 'reset_password' in query;
  return { ...context, query, authenticated, resetPassword, preview: false };
}

/** Somebody scanned the code with a camera, or followed the link: a page, which spends nothing. */
const isBrowser = (context: RequestContext): boolean =>
  context.prefersHtml && context.header(HEADER) === undefined;

/** The URL of the request, with the parameters that hooks may read. */
function askedUrl(
  { origin, path }: RequestContext,
  query: Readonly<Record<string, unknown>>,
): string {
  const url = new URL(path, origin);
  for (const [name, value] of Object.entries(query)) {
    url.searchParams.append(name, typeof value === 'string' ? value : '');
  }
  return url.href;
}

/** HEAD tells nothing and spends nothing (flexiapi-core.md §12 number 19). */
const head = (): Reply => ({ ...empty(), headers: { 'content-type': 'application/xml' } });

/** The five URLs that configure a phone (flexiapi-core.md §8), a look at what they give, and the page of the mail. */
export function provisioningRoutes(platform: ProvisioningPlatform): readonly Route[] {
  const anybodys = publicDocuments(platform);
  return [
    route({
      method: 'GET',
      path: '/provisioning',
      audience: 'public',
      tag,
      summary: 'Configuration without an account',
      query,
      responses: documentResponse,
      headers,
      authorize: requireHeader,
      head,
      handler: async (context, { query }) => xml(await anybodys(asked(context, query))),
    }),
    route({
      method: 'GET',
      path: '/provisioning/me',
      audience: 'provisioning',
      tag,
      summary: 'Configuration of the authenticated account',
      query,
      responses: documentResponse,
      headers,
      authorize: requireHeader,
      head,
      handler: async (context, { query }) => {
        const account = await findAccountById(platform, context.caller.accountId);
        if (account === undefined) throw notFound('account.not_found');
        return xml(await provisionAccount(platform, asked(context, query), account));
      },
    }),
    route({
      method: 'GET',
      path: '/provisioning/auth_token/:auth_token',
      audience: 'public',
      tag,
      summary: 'Configuration by an attached auth token, once',
      params: z.object({ auth_token: z.string() }),
      query,
      responses: { 200: documentResponse[200], 404: { description: 'Unknown, spent or too old' } },
      head,
      handler: async (context, { params, query }) =>
        xml(await provisionByAuthToken(platform, asked(context, query), params.auth_token)),
    }),
    qrRoute(platform),
    previewRoute(platform),
    ...wizardRoutes(platform),
    route({
      method: 'GET',
      path: '/provisioning/:provisioning_token',
      audience: 'public',
      tag,
      summary: 'Configuration by a provisioning token, once; activates the account',
      description:
        'Link previews spend nothing: they do not send `x-linphone-provisioning`. Browsers get a page that leads to Linphone.',
      params: z.object({ provisioning_token: z.string() }),
      query,
      responses: {
        200: documentResponse[200],
        400: { description: `${documentResponse[400].description}; for browsers a page` },
        404: { description: 'Unknown, spent or replaced by a newer token' },
        410: { description: 'Expired' },
      },
      headers,
      authorize: (context) => {
        if (!isBrowser(context)) requireHeader(context);
      },
      head,
      handler: async (context, { params, query }) => {
        const token = params.provisioning_token;
        if (isBrowser(context)) {
          await usableToken(platform, token);
          const url = askedUrl(context, query);
          if (url.length > MOST_OF_A_CODE) throw badRequest('provisioning.header_missing');
          return setUpPage(context, url, 400);
        }
        return xml(await provisionByToken(platform, asked(context, query), token));
      },
    }),
  ];
}
