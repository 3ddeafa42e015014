import type { Audience } from '../http/route.ts';
import { sessionCookie } from '../sign-in/session.ts';
import type { JsonObject } from './document.ts';

/** The ways to prove an identity. */
export const securitySchemes = {
  apiKey: {
    type: 'apiKey',
    in: 'header',
    name: 'x-api-key',
    description: 'Of an account, or of an administrator; an expired or unknown key is refused',
  },
  digest: {
    type: 'http',
    scheme: 'digest',
    description: 'With the SIP password; the SIP URI of the account is in the header `From`',
  },
  bearer: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'An access token of the OpenID Connect provider of the space',
  },
  certificate: { type: 'mutualTLS', description: 'A client certificate, where the space takes it' },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: sessionCookie,
    description: 'Of a browser that has signed in',
  },
};

const account = [{ apiKey: [] }, { digest: [] }, { bearer: [] }];

/** What each audience may prove itself by: one of these. */
export const security: Readonly<Record<Audience, readonly JsonObject[]>> = {
  public: [],
  account,
  provisioning: [{ certificate: [] }, ...account],
  admin: [{ apiKey: [] }],
  superAdmin: [{ apiKey: [] }],
  session: [{ session: [] }],
};
