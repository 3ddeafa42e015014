import type { Generated } from 'kysely';
import type { DbDate } from '../column-types.ts';

/** Digest challenges issued over HTTP (HTTP API authentication only, unrelated to SIP). */
export interface OpaquesTable {
  id: Generated<number>;
  /** Owner. */
  account_id: number;
  /** 64 hexadecimal characters. */
  nonce: string;
  /** Number of uses, replay protection. */
  nc: Generated<number>;
  created_at: DbDate | null;
  updated_at: DbDate | null;
  /** Address the challenge was issued to. */
  ip: string;
  /** 64 hexadecimal characters. */
  opaque: string;
}
