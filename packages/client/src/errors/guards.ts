import { ConfigError } from '../config/config-error.ts';
import { ContactsError } from '../friends/contacts-error.ts';
import { FlexiApiError } from '../flexi-api/flexi-api-error.ts';
import { HttpError } from '../http/http-error.ts';
import { ProvisioningError } from '../provisioning/provisioning-error.ts';

/** Whether something that was thrown is a `ConfigError`. */
export function isConfigError(value: unknown): value is ConfigError {
  return value instanceof ConfigError;
}

/** Whether something that was thrown is an `HttpError`. */
export function isHttpError(value: unknown): value is HttpError {
  return value instanceof HttpError;
}

/** Whether something that was thrown is a `ProvisioningError`. */
export function isProvisioningError(value: unknown): value is ProvisioningError {
  return value instanceof ProvisioningError;
}

/** Whether something that was thrown is a `ContactsError`. */
export function isContactsError(value: unknown): value is ContactsError {
  return value instanceof ContactsError;
}

/** Whether something that was thrown is a `FlexiApiError`; its `status` says what the server answered. */
export function isFlexiApiError(value: unknown): value is FlexiApiError {
  return value instanceof FlexiApiError;
}
