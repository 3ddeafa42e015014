/**
 * The public error codes, by kind. A code is also the key of its text in `@dialtone/phrases`,
 * and travels as `code` in JSON error bodies. Codes are only ever added; a code that is no longer
 * used moves to `retiredErrorCodes` and is never given another meaning.
 */
export const errorCodes = {
  badRequest: ['request.invalid_json', 'request.malformed', 'provisioning.header_missing'],
  unauthorized: ['auth.required'],
  forbidden: [
    'auth.not_admin',
    'auth.not_super_admin',
    'auth.no_account',
    'auth.certificate_refused',
    'account.blocked',
    'account.not_validated',
    'account.no_email',
    'space.expired',
    'space.full',
    'space.unknown_domain',
    'space.no_digest',
    'space.feature_disabled',
    'token.refused',
  ],
  notFound: [
    'account.not_found',
    'code.not_found',
    'resource.not_found',
    'route.not_found',
    'service.not_configured',
    'space.host_unknown',
    'space.not_found',
    'token.not_found',
    'token.not_validated',
  ],
  methodNotAllowed: ['route.method_not_allowed'],
  gone: ['token.expired', 'code.expired'],
  pageExpired: ['page.expired', 'recovery.expired'],
  tooLarge: ['request.too_large'],
  unsupportedMediaType: ['request.unsupported_media_type'],
  invalid: ['validation.failed'],
  tooManyRequests: ['request.too_many'],
  internal: ['server.error'],
  unavailable: ['push.unavailable', 'service.unavailable', 'space.host_outside_root'],
} as const;

/** What sort of failure a code is; the HTTP status follows from it. */
export type ErrorKind = keyof typeof errorCodes;

/** The codes of one kind. */
export type ErrorCodeOf<Kind extends ErrorKind> = (typeof errorCodes)[Kind][number];

/** A code of `errorCodes`. */
export type ErrorCode = ErrorCodeOf<ErrorKind>;

/** Codes of earlier versions, kept so that nobody reuses them. */
export const retiredErrorCodes: readonly string[] = [];
