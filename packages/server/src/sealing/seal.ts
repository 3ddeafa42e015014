import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import type { z } from 'zod';

/** What a sealed value is for; one made for another purpose does not open. */
export type SealPurpose = 'session' | 'captcha' | 'recovery' | 'oidc';

/** What a tag vouches for. */
export type TagPurpose = 'form' | 'password-stamp';

/**
 * Hands values to a browser and knows them again: nobody else can read or change them, and any node
 * with the same key can open them. Nothing is stored here.
 */
export interface Seal {
  /** @param expiresAt milliseconds since the epoch */
  seal(purpose: SealPurpose, value: object, expiresAt: number): string;
  /** The value; undefined when it was not sealed here for this purpose, is too old or has another shape. */
  open<T>(
    purpose: SealPurpose,
    schema: z.ZodType<T>,
    sealed: string | undefined,
    now: number,
  ): T | undefined;
  /** A short proof that `text` comes from here; it does not contain the text. */
  tag(purpose: TagPurpose, text: string): string;
  isTag(purpose: TagPurpose, text: string, candidate: string): boolean;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const TIME_BYTES = 8;
/** Cookies and form fields are no longer. */
const MAX_LENGTH = 4096;

/** AES-256-GCM for sealed values, HMAC-SHA-256 for tags, each purpose under a key of its own. */
export function createSeal(key: Uint8Array): Seal {
  const keys = new Map<string, Buffer>();
  const keyOf = (purpose: string): Buffer => {
    const known = keys.get(purpose);
    if (known !== undefined) return known;
    const derived = Buffer.from(hkdfSync('sha256', key, '', `dialtone ${purpose}`, 32));
    keys.set(purpose, derived);
    return derived;
  };
  const tag: Seal['tag'] = (purpose, text) =>
    createHmac('sha256', keyOf(purpose)).update(text).digest('base64url').slice(0, 32);

  return {
    seal: (purpose, value, expiresAt) => {
      const nonce = randomBytes(NONCE_BYTES);
      const time = Buffer.alloc(TIME_BYTES);
      time.writeDoubleBE(expiresAt);
      const cipher = createCipheriv('aes-256-gcm', keyOf(purpose), nonce);
      const content = Buffer.concat([time, Buffer.from(JSON.stringify(value))]);
      const sealed = Buffer.concat([cipher.update(content), cipher.final()]);
      return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString('base64url');
    },
    open: (purpose, schema, sealed, now) => {
      const content = decrypt(keyOf(purpose), sealed);
      if (content === undefined || content.readDoubleBE(0) <= now) return undefined;
      const value: unknown = JSON.parse(content.subarray(TIME_BYTES).toString('utf8'));
      return schema.safeParse(value).data;
    },
    tag,
    isTag: (purpose, text, candidate) => {
      const expected = Buffer.from(tag(purpose, text));
      const given = Buffer.from(candidate);
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}

function decrypt(key: Buffer, sealed: string | undefined): Buffer | undefined {
  if (sealed === undefined || sealed.length > MAX_LENGTH) return undefined;
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < NONCE_BYTES + TIME_BYTES + TAG_BYTES) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const content = bytes.subarray(NONCE_BYTES, -TAG_BYTES);
    return Buffer.concat([decipher.update(content), decipher.final()]);
  } catch {
    return undefined;
  }
}
