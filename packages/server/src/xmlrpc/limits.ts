import type { RateLimit } from '../http/route.ts';

/** How often one address may call the methods of a kind (X12); methods of one kind share the budget. */
export type CallLimit = Pick<RateLimit, 'name' | 'limit' | 'windowSeconds'>;

/** Methods that tell whether somebody exists. */
export const lookUps: CallLimit = { name: 'xmlrpc-look-up', limit: 60, windowSeconds: 60 };

/** Methods that compare a key, a hash or a password. */
export const guesses: CallLimit = { name: 'xmlrpc-guess', limit: 60, windowSeconds: 300 };

/** Methods that create accounts or send mails and SMS to people who did not ask. */
export const sendings: CallLimit = { name: 'xmlrpc-sending', limit: 60, windowSeconds: 3600 };

/** Messages that strangers may cause to one account, by whatever address. */
export const recoveries: CallLimit = { name: 'xmlrpc-recovery', limit: 5, windowSeconds: 3600 };
