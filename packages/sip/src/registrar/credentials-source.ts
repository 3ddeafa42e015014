import type { DigestAlgorithm } from '../digest/index.ts';

/** A stored password. */
export interface StoredHash {
  readonly algorithm: DigestAlgorithm;
  /** H(username:realm:password), lower-case hexadecimal. */
  readonly ha1: string;
}

/** What a registrar learns about an address. */
export type AccountLookup =
  /** The account may register when it proves one of these hashes. */
  | { readonly kind: 'account'; readonly realm: string; readonly hashes: readonly StoredHash[] }
  /**
   * No account that may register. It is challenged like one, so that a stranger learns nothing;
   * `algorithms` are those a new account of the domain would have.
   */
  | {
      readonly kind: 'nobody';
      readonly realm: string;
      readonly algorithms: readonly DigestAlgorithm[];
    }
  /** The domain is not served here. */
  | { readonly kind: 'foreign' };

/** Where the registrar finds passwords. */
export interface CredentialsSource {
  find(username: string, domain: string): Promise<AccountLookup>;
}
