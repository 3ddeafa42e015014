import { expect, it } from 'vitest';
import { ConfigError } from '../config/config-error.ts';
import { ContactsError } from '../friends/contacts-error.ts';
import { FlexiApiError } from '../flexi-api/flexi-api-error.ts';
import { HttpError } from '../http/http-error.ts';
import { ProvisioningError } from '../provisioning/provisioning-error.ts';
import { CLIENT_ERRORS } from './client-error-codes.ts';
import {
  isConfigError,
  isContactsError,
  isFlexiApiError,
  isHttpError,
  isProvisioningError,
} from './guards.ts';
import { libraryErrorsPage } from './errors-page.ts';

// `npx vitest run --project unit packages/client/src/errors --update` writes the page anew.
it('docs/library-errors.md lists the codes of the code', async () => {
  await expect(libraryErrorsPage()).toMatchFileSnapshot('../../../../docs/library-errors.md');
});

it('every error has a literal name, a code of the catalogue and its cause', () => {
  const cause = new Error('because');
  const errors = [
    new ConfigError('config-bad-xml', 'invalid xml', { cause }),
    new HttpError('http-io', 'the connection failed', { cause }),
    new FlexiApiError('flexi-api-unreachable', 'no answer', { cause }),
    new ContactsError('contacts-unreachable', 'no answer', { cause }),
    new ProvisioningError('provisioning-bad-uri', 'not a URI'),
  ];
  expect(errors.map(({ name }) => name)).toEqual([
    'ConfigError',
    'HttpError',
    'FlexiApiError',
    'ContactsError',
    'ProvisioningError',
  ]);
  const guards = [
    isConfigError,
    isHttpError,
    isFlexiApiError,
    isContactsError,
    isProvisioningError,
  ];
  expect(errors.map((error) => guards.findIndex((guard) => guard(error)))).toEqual([0, 1, 2, 3, 4]);
  expect(guards.some((guard) => guard(cause))).toBe(false);
  for (const { code } of errors) expect(CLIENT_ERRORS).toHaveProperty(code);
  expect(errors.slice(0, 4).map((error) => error.cause)).toEqual([cause, cause, cause, cause]);
});

it('codes have one form', () => {
  for (const code of Object.keys(CLIENT_ERRORS)) expect(code).toMatch(/^[a-z]+(-[a-z]+)+$/);
});
