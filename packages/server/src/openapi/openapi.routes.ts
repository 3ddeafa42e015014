import { z } from 'zod';
import { html, json } from '../http/reply.ts';
import { type Route, route } from '../http/route.ts';
import { apiPage } from './api-page.ts';
import { buildOpenApi } from './build-document.ts';

const documentSchema = z.looseObject({ openapi: z.literal('3.1.0') });

/** The description of `routes`, for people and programs; it lists itself too. */
export function openApiRoutes(routes: readonly Route[], version: string): readonly Route[] {
  const own: readonly Route[] = [
    route({
      method: 'GET',
      path: '/api',
      audience: 'public',
      summary: 'Read about the API',
      tag: 'Service',
      responses: { 200: { description: 'A page', contentType: 'text/html' } },
      handler: () => html(page()),
    }),
    route({
      method: 'GET',
      path: '/provisioning/documentation',
      audience: 'public',
      summary: 'Read about the URLs that configure phones',
      tag: 'Provisioning',
      responses: { 200: { description: 'A page', contentType: 'text/html' } },
      handler: () => html(provisioningPage()),
    }),
    route({
      method: 'GET',
      path: '/api/openapi.json',
      audience: 'public',
      summary: 'Describe the API as OpenAPI 3.1',
      tag: 'Service',
      responses: { 200: { description: 'The document', schema: documentSchema } },
      handler: () => json(document()),
    }),
  ];
  const all = [...routes, ...own];
  const document = once(() => buildOpenApi(all, version));
  const page = once(() => apiPage(document()));
  const provisioningPage = once(() => apiPage(document(), 'Provisioning'));
  return own;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
