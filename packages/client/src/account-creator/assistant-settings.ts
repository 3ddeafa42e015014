import type { ConfigReader } from './host.ts';

/** The `[assistant]` keys that the account creator reads (account-creator.md §1.4). */
export interface AssistantSettings {
  /** UTF-8 bytes; 0 when there is no limit. */
  readonly usernameMinLength: number;
  /** UTF-8 bytes; Infinity when there is no limit. */
  readonly usernameMaxLength: number;
  /** POSIX extended expression that the whole username must match. */
  readonly usernameRegex: string | undefined;
  /** Usernames must look like phone numbers. */
  readonly usePhoneNumber: boolean;
  readonly passwordMinLength: number;
  readonly passwordMaxLength: number;
  /** Domain and algorithm for creators that have none. */
  readonly domain: string | undefined;
  readonly algorithm: string | undefined;
}

/** Reads the settings as they are now: they may change between two calls. */
export function readAssistantSettings(config: ConfigReader): AssistantSettings {
  const length = (key: string) => config.getInt('assistant', key, -1);
  const limit = (key: string) => {
    const value = length(key);
    return value > 0 ? value : Number.POSITIVE_INFINITY;
  };
  return {
    usernameMinLength: Math.max(0, length('username_min_length')),
    usernameMaxLength: limit('username_max_length'),
    usernameRegex: config.getString('assistant', 'username_regex'),
    usePhoneNumber: config.getInt('assistant', 'use_phone_number', 0) !== 0,
    passwordMinLength: Math.max(0, length('password_min_length')),
    passwordMaxLength: limit('password_max_length'),
    domain: config.getString('assistant', 'domain'),
    algorithm: config.getString('assistant', 'algorithm'),
  };
}
