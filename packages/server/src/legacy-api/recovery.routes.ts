import { accountSchema, passwordAlgorithmSchema } from '@dialtone/contract';
import { z } from 'zod';
import { getAccountInSpace } from '../accounts/account.service.ts';
import type { AccountsPlatform } from '../accounts/account-hooks.ts';
import { presentAccount } from '../accounts/account-json.ts';
import { selectPasswords } from '../accounts/password/password.repository.ts';
import { transaction } from '../db/transaction.ts';
import { notFound } from '../errors/service-error.ts';
import { empty, json } from '../http/reply.ts';
import { type Route, route } from '../http/route.ts';
import {
  checkAccountCreationToken,
  spendAccountCreationToken,
} from '../tokens/account-creation-token.ts';
import { claimByKey } from '../xmlrpc/confirmation/claim-by-key.ts';
import { findRecoverable } from '../xmlrpc/confirmation/find-recoverable.ts';
import { sendSmsKey } from '../xmlrpc/confirmation/send-sms-key.ts';
import { guesses, sendings } from '../xmlrpc/limits.ts';
import { addressParams, getAddressed } from './address-param.ts';
import { internationalNumber } from './international-number.ts';
import { refusingAsApi } from './refusal.ts';
import { legacyTag } from './tag.ts';

/** An account with its hashes: what a phone needs to register. */
const recoveredSchema = accountSchema.extend({
  passwords: z.array(z.object({ algorithm: passwordAlgorithmSchema, password: z.string() })),
});

/** How older apps let a user in that has forgotten the password. */
export function recoveryRoutes(platform: AccountsPlatform): readonly Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/accounts/recover-by-phone',
      audience: 'public',
      summary: 'Send a recovery code by SMS, for an account creation token',
      tag: legacyTag,
      body: z.object({ phone: z.string().max(64), account_creation_token: z.string() }),
      responses: {
        200: { description: 'The code is on its way' },
        404: { description: 'No account has this number' },
        422: { description: 'Refused fields' },
        429: { description: 'This number has had its SMS' },
      },
      rateLimit: { ...sendings, by: 'ip' },
      handler: async (context, { body }) => {
        const { space, locale } = context;
        const token = await checkAccountCreationToken(platform, body.account_creation_token);
        const phone = internationalNumber(body.phone);
        const account = await findRecoverable({ platform, context }, phone);
        if (account === undefined || account.blocked) throw notFound('account.not_found');
        const accountId = account.id;
        await refusingAsApi(() =>
          transaction(platform.db, async (trx) => {
            await spendAccountCreationToken(trx, token, accountId, platform.clock.now());
            const sms = { space, locale, accountId, purpose: 'recovery', phone } as const;
            await sendSmsKey({ ...platform, db: trx }, sms);
          }),
        );
        return empty();
      },
    }),
    route({
      method: 'GET',
      path: '/api/accounts/:sip/recover/:key',
      audience: 'public',
      summary: 'Show an account and its password hashes to whoever read its code, which is spent',
      tag: legacyTag,
      params: addressParams.extend({ key: z.string().max(32) }),
      responses: {
        200: { description: 'The account, activated', schema: recoveredSchema },
        404: { description: 'No such account, or a wrong code' },
      },
      rateLimit: { ...guesses, by: 'ip' },
      handler: async (context, { params }) => {
        const found = await getAddressed(platform, context, params.sip);
        const { id } = found;
        const stored = await refusingAsApi(() =>
          claimByKey(platform, context, found, params.key, ({ db }) => selectPasswords(db, id)),
        );
        const account = await getAccountInSpace(platform, context.space, id);
        const passwords = stored.map(({ algorithm, ha1 }) => ({ algorithm, password: ha1 }));
        return json({ ...(await presentAccount(platform, account)), passwords });
      },
      head: () => empty(),
    }),
  ];
}
