import { z } from 'zod';
import type { Seal } from '../sealing/seal.ts';

export const recoveryMethods = ['phone', 'email'] as const;
export type RecoveryMethod = (typeof recoveryMethods)[number];

/** Longer than any code lives by default; the code itself decides. */
const lifeMs = 86_400_000;

const ticketSchema = z.union([
  z.object({ accountId: z.int() }),
  /** Nobody: strangers must not learn that there is no such account. */
  z.object({ decoy: z.string() }),
]);

/** Whose code a browser types, sealed in the form between its pages. */
export type RecoveryTicket = z.infer<typeof ticketSchema>;

export function sealTicket(seal: Seal, ticket: RecoveryTicket, now: number): string {
  return seal.seal('recovery', ticket, now + lifeMs);
}

export function openTicket(
  seal: Seal,
  sealed: string | undefined,
  now: number,
): RecoveryTicket | undefined {
  return seal.open('recovery', ticketSchema, sealed, now);
}
