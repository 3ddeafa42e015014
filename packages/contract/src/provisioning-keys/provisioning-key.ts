/**
 * Who reads a key (provisioning-client.md, conventions). `A` and `B` are generations of the SDK that
 * every app contains: `A` is 5.4 and the 5.5 snapshots of 2025 (Linphone Android 6.0, Desktop 6.1),
 * `B` is 5.5 and later (Android 6.2). The others are the apps themselves.
 */
export const keyReaders = ['A', 'B', 'Android', 'iOS', 'Desktop'] as const;
/** Which app reads an entry. */
export type KeyReader = (typeof keyReaders)[number];

/** What a phone makes of a value's text. */
export type KeyType =
  /** `0` or `1`. */
  | { readonly kind: 'boolean' }
  | { readonly kind: 'integer'; readonly min?: number; readonly max?: number }
  /** `min-max`, both whole numbers. */
  | { readonly kind: 'range' }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  /** Comma-separated; with `values` each item is one of them. */
  | { readonly kind: 'list'; readonly values?: readonly string[] }
  /** `sip:` or `sips:` URI, in angle brackets with parameters, with or without a display name. */
  | { readonly kind: 'sip-address' }
  /** Absolute `http:` or `https:` URL. */
  | { readonly kind: 'url' }
  | { readonly kind: 'text' };

/** What sort of value an entry has. */
export type KeyKind = KeyType['kind'];

/** One configuration key that Linphone is known to read. */
export interface ProvisioningKey {
  /** Section name; a final `N` stands for a number from 0. */
  readonly section: string;
  /** Key; a final `N` stands for a number from 0. */
  readonly key: string;
  readonly type: KeyType;
  /** What holds without the key, in words where it is not one value; undefined: nothing. */
  readonly fallback: string | undefined;
  readonly readers: readonly KeyReader[];
  /** One line for administrators. */
  readonly meaning: string;
}
