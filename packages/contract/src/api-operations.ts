import { z } from 'zod';
import {
  accountSchema,
  accountsPageSchema,
  changePasswordBodySchema,
  confirmCodeBodySchema,
  createAccountBodySchema,
  createAccountWithTokenBodySchema,
  foundAccountSchema,
  requestEmailChangeBodySchema,
  requestPhoneChangeBodySchema,
  resolvedSchema,
  turnCredentialsSchema,
  updateAccountBodySchema,
} from './accounts.ts';
import { devicesSchema } from './devices.ts';
import { outboxMessageSchema } from './outbox.ts';
import { phoneCountrySchema } from './phone-countries.ts';
import { provisioningPreviewSchema } from './provisioning-preview.ts';
import {
  carddavCredentialsBodySchema,
  carddavCredentialsSchema,
  carddavServerBodySchema,
  carddavServerSchema,
  createSpaceBodySchema,
  createdSpaceSchema,
  emailServerBodySchema,
  emailServerSchema,
  spaceSchema,
  updateSpaceBodySchema,
} from './spaces.ts';
import {
  accountCreationRequestTokenSchema,
  accountCreationTokenSchema,
  apiKeySchema,
  authTokenSchema,
  consumeCreationTokenBodySchema,
  consumedAccountCreationTokenSchema,
  pushTargetBodySchema,
  useRequestTokenBodySchema,
} from './tokens.ts';

interface ApiOperation {
  readonly body?: z.ZodType;
  /** Absent: nothing worth reading. */
  readonly answer?: z.ZodType;
}

const account = { answer: accountSchema };

/** What the REST API takes and answers, by method and path; the server is held against it by a test. */
export const apiOperations = {
  'GET /api/accounts': { answer: accountsPageSchema },
  'POST /api/accounts': { body: createAccountBodySchema, ...account },
  'POST /api/accounts/with-account-creation-token': {
    body: createAccountWithTokenBodySchema,
    ...account,
  },
  'GET /api/accounts/:id': account,
  'PUT /api/accounts/:id': { body: updateAccountBodySchema, ...account },
  'DELETE /api/accounts/:id': {},
  'POST /api/accounts/:id/activate': account,
  'POST /api/accounts/:id/deactivate': account,
  'POST /api/accounts/:id/block': account,
  'POST /api/accounts/:id/unblock': account,
  'GET /api/accounts/:id/provision': account,
  'GET /api/accounts/:id/provisioning/preview': { answer: provisioningPreviewSchema },
  'POST /api/accounts/:id/send_provisioning_email': {},
  'POST /api/accounts/:id/send_reset_password_email': {},
  'GET /api/accounts/:id/devices': { answer: devicesSchema },
  'DELETE /api/accounts/:id/devices/:uuid': {},
  'GET /api/accounts/:id/carddavs': { answer: z.record(z.string(), carddavCredentialsSchema) },
  'GET /api/accounts/:id/carddavs/:carddav_id': { answer: carddavCredentialsSchema },
  'PUT /api/accounts/:id/carddavs/:carddav_id': { body: carddavCredentialsBodySchema },
  'DELETE /api/accounts/:id/carddavs/:carddav_id': {},
  'GET /api/accounts/:sip/search': { answer: foundAccountSchema },
  'GET /api/accounts/:email/search-by-email': { answer: foundAccountSchema },
  'GET /api/resolve/:sip': { answer: resolvedSchema },
  'GET /api/accounts/me': account,
  'DELETE /api/accounts/me': {},
  'GET /api/accounts/me/provision': account,
  'POST /api/accounts/me/password': { body: changePasswordBodySchema, ...account },
  'POST /api/accounts/me/email/request': { body: requestEmailChangeBodySchema },
  'POST /api/accounts/me/email': { body: confirmCodeBodySchema, ...account },
  'POST /api/accounts/me/phone/request': { body: requestPhoneChangeBodySchema },
  'POST /api/accounts/me/phone': { body: confirmCodeBodySchema, ...account },
  'GET /api/accounts/me/devices': { answer: devicesSchema },
  'DELETE /api/accounts/me/devices/:uuid': {},
  'GET /api/accounts/me/services/turn': { answer: turnCredentialsSchema },
  'GET /api/accounts/me/api_key/:auth_token': { answer: apiKeySchema },
  'POST /api/accounts/auth_token': { answer: authTokenSchema },
  'GET /api/accounts/auth_token/:auth_token/attach': {},
  'POST /api/account_creation_request_tokens': { answer: accountCreationRequestTokenSchema },
  'POST /api/account_creation_tokens': { answer: accountCreationTokenSchema },
  'POST /api/account_creation_tokens/send-by-push': { body: pushTargetBodySchema },
  'POST /api/account_recovery_tokens/send-by-push': { body: pushTargetBodySchema },
  'POST /api/account_creation_tokens/using-account-creation-request-token': {
    body: useRequestTokenBodySchema,
    answer: accountCreationTokenSchema,
  },
  'POST /api/account_creation_tokens/consume': {
    body: consumeCreationTokenBodySchema,
    answer: consumedAccountCreationTokenSchema,
  },
  'GET /api/outbox': { answer: z.array(outboxMessageSchema) },
  'POST /api/outbox/:id/retry': {},
  'GET /api/phone_countries': { answer: z.array(phoneCountrySchema) },
  'POST /api/phone_countries/:code/activate': {},
  'POST /api/phone_countries/:code/deactivate': {},
  'GET /api/spaces': { answer: z.array(spaceSchema) },
  'POST /api/spaces': { body: createSpaceBodySchema, answer: createdSpaceSchema },
  'GET /api/spaces/:domain': { answer: spaceSchema },
  'PUT /api/spaces/:domain': { body: updateSpaceBodySchema, answer: spaceSchema },
  'DELETE /api/spaces/:domain': {},
  'GET /api/spaces/:domain/email': { answer: emailServerSchema },
  'POST /api/spaces/:domain/email': { body: emailServerBodySchema, answer: emailServerSchema },
  'DELETE /api/spaces/:domain/email': {},
  'GET /api/spaces/:domain/carddavs': { answer: z.array(carddavServerSchema) },
  'POST /api/spaces/:domain/carddavs': { body: carddavServerBodySchema },
  'GET /api/spaces/:domain/carddavs/:id': { answer: carddavServerSchema },
  'PUT /api/spaces/:domain/carddavs/:id': { body: carddavServerBodySchema },
  'DELETE /api/spaces/:domain/carddavs/:id': {},
} as const satisfies Readonly<Record<`${string} /api/${string}`, ApiOperation>>;

/** An operation of the REST API, as `GET /api/accounts/:id`. */
export type ApiOperationName = keyof typeof apiOperations;

type Of<Name extends ApiOperationName> = (typeof apiOperations)[Name];

/** What an operation takes as its JSON body; undefined when it takes none. */
export type ApiBody<Name extends ApiOperationName> =
  Of<Name> extends { readonly body: infer Body extends z.ZodType } ? z.input<Body> : undefined;

/** What an operation answers; undefined when there is nothing worth reading. */
export type ApiAnswer<Name extends ApiOperationName> =
  Of<Name> extends { readonly answer: infer Answer extends z.ZodType }
    ? z.output<Answer>
    : undefined;

type ParameterNames<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParameterNames<Rest>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

/** The parameters in the path of an operation. */
export type ApiParams<Name extends ApiOperationName> = Readonly<
  Record<ParameterNames<Name>, string | number>
>;

/** The answer of an operation, checked; throws a `ZodError` when it has another shape. */
export function parseApiAnswer<Name extends ApiOperationName>(
  name: Name,
  json: unknown,
): ApiAnswer<Name> {
  const { answer }: ApiOperation = apiOperations[name];
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the table that the type comes from was just asked
  return answer?.parse(json) as ApiAnswer<Name>;
}
