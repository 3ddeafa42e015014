/**
 * Every error code of this package with what it means. Codes are stable: callers branch on them, texts
 * may change. A retired code is never used again.
 */
export const CLIENT_ERRORS = {
  'config-unreadable':
    'A configuration file exists but cannot be opened; going on would overwrite it with nothing',
  'config-bad-name': 'A section or key name that a linphonerc cannot hold',
  'config-bad-xml': 'The text is not acceptable XML; nothing of it was applied',
  'http-bad-url': 'Not an absolute http or https URL',
  'http-insecure':
    'A plain HTTP URL while only HTTPS is allowed, or a redirection from HTTPS to HTTP',
  'http-bad-header': 'A header name or value no request can carry',
  'http-io': 'DNS, connection, TLS, or a connection that broke',
  'http-timeout': 'No connection, or no traffic, for too long',
  'http-redirect': 'More redirections than allowed, or one without a usable target',
  'http-bad-body': 'The body is longer than allowed or cannot be decoded',
  'http-aborted': "The caller's signal was aborted",
  'provisioning-bad-uri': 'A provisioning URI that has no scheme and is no absolute path',
  'provisioning-root-ca':
    'The certificates of a managed configuration cannot be written beside the configuration file',
  'provisioning-bad-header': 'A header name that is empty or contains a colon',
  'contacts-no-uri': 'The friend list has no URI to be synchronised with',
  'contacts-unreachable': 'The server of contacts gave no answer; the cause is the HTTP error',
  'contacts-unauthorized': 'The server of contacts wants credentials nobody has',
  'contacts-status': 'The server of contacts answered another status than 200',
  'contacts-unreadable':
    'The answer is not empty and holds no vCard that can be read, or is no WebDAV answer',
  'contacts-no-address-book': 'No address book is found at the URI of the CardDAV directory',
  'contacts-too-many': 'More contacts than a list takes',
  'flexi-api-status': 'The server answered another status than 2xx',
  'flexi-api-unreachable': 'There was no answer; the cause is the HTTP error',
  'flexi-api-no-root-url': "The core's account creator URL has no /api, so there is no root URL",
} as const;

/** A code of `CLIENT_ERRORS`. */
export type ClientErrorCode = keyof typeof CLIENT_ERRORS;

/** The codes of one family. */
export type ErrorCodeOf<Family extends string> = Extract<ClientErrorCode, `${Family}-${string}`>;
