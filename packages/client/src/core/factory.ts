import { Address } from '../address/address.ts';
import { AuthInfo, type AuthInfoFields } from '../auth-info/auth-info.ts';
import { Core } from './core.ts';
import type { CoreOptions } from './core-options.ts';

/** Makes objects in the way of Linphone's other languages. */
export const factory = {
  createCore: (options: CoreOptions = {}): Core => new Core(options),
  /** Null when `text` is no SIP address. */
  createAddress: (text: string): Address | null => Address.parse(text),
  createAuthInfo: (fields: AuthInfoFields): AuthInfo => new AuthInfo(fields),
} as const;
