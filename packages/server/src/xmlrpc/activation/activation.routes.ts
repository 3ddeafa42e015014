import { z } from 'zod';
import { addressOf } from '../../accounts/account.ts';
import type { AccountsPlatform } from '../../accounts/account-hooks.ts';
import type { Reply } from '../../http/reply.ts';
import type { RequestContext } from '../../http/request-context.ts';
import { type Route, route } from '../../http/route.ts';
import { activateByEmail } from '../confirmation/activate-by-email.ts';
import { refuseClosedDoor } from '../door.ts';
import { guesses } from '../limits.ts';
import { findNamed } from '../named-account.ts';
import { Refusal } from '../result.ts';
import { activationPage, type ActivationState } from './activation-page.ts';

const params = z.object({ username: z.string().max(64), key: z.string().max(32) });
const path = '/xmlrpc/activation/:username/:key';

const responses = {
  200: { description: 'A page', contentType: 'text/html' },
  410: {
    description: 'A page that says that the link does not work any more',
    contentType: 'text/html',
  },
};

/** The page behind the link of an activation mail. */
export function activationRoutes(platform: AccountsPlatform): readonly Route[] {
  return [
    route({
      method: 'GET',
      path,
      audience: 'public',
      summary: 'Ask whether to activate an account',
      tag: 'XML-RPC',
      params,
      responses: { 200: responses[200] },
      authorize: refuseClosedDoor,
      // It looks nothing up: the page is the same whether account and key exist or not.
      handler: (context, { params: { username } }) => page(context, 'question', username),
    }),
    route({
      method: 'POST',
      path,
      audience: 'public',
      summary: 'Activate an account by the key of a mail',
      tag: 'XML-RPC',
      params,
      responses,
      rateLimit: { ...guesses, by: 'ip' },
      authorize: refuseClosedDoor,
      handler: async (context, { params: { username, key } }) =>
        page(context, await activate(platform, context, username, key), username),
    }),
  ];
}

async function activate(
  platform: AccountsPlatform,
  context: RequestContext,
  username: string,
  key: string,
): Promise<ActivationState> {
  const account = await findNamed({ platform, context }, username);
  if (account === undefined || account.blocked) return 'failed';
  try {
    return await activateByEmail(platform, context, account, key, async () => 'done' as const);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.result === 'ERROR_ACCOUNT_ALREADY_ACTIVATED' ? 'already' : 'failed';
  }
}

function page(context: RequestContext, state: ActivationState, username: string): Reply {
  const sip = addressOf({ username, domain: context.space.domain });
  return activationPage(context, state, sip);
}
