import { countAccountsOfDomain } from '../../spaces/space.repository.ts';
import { lookUps } from '../limits.ts';
import { method } from '../method.ts';
import {
  checkPlus,
  findByAlias,
  findNamed,
  findNamedOrAlias,
  storedForm,
} from '../named-account.ts';
import { refuse } from '../result.ts';

const username = { username: 'ERROR_USERNAME_PARAMETER_NOT_FOUND' } as const;
const phone = { phone: 'ERROR_PHONE_PARAMETER_NOT_FOUND' } as const;

/** What strangers may ask: questions of one line, answered by look-ups alone (X12). */
export const lookUpMethods = [
  method({
    names: ['is_account_used'],
    params: ['username', 'domain'],
    required: username,
    limit: lookUps,
    run: async (call, args) =>
      (await findNamedOrAlias(call, args.username)) === undefined ? 'NOK' : 'OK',
  }),
  method({
    names: ['is_account_activated'],
    // Clients send an algorithm, which does not matter.
    params: ['username', 'domain', 'algorithm'],
    required: username,
    limit: lookUps,
    run: async (call, args) => {
      const account = await findNamedOrAlias(call, args.username);
      if (account === undefined) throw refuse('ERROR_ACCOUNT_DOESNT_EXIST');
      return account.activated ? 'OK' : 'NOK';
    },
  }),
  method({
    names: ['is_phone_number_used'],
    params: ['phone', 'domain'],
    required: phone,
    limit: lookUps,
    run: async (call, args) => {
      checkPlus(args.phone);
      if ((await findByAlias(call, args.phone)) !== undefined) return 'OK_ALIAS';
      const account = await findNamed(call, storedForm(args.phone));
      return account === undefined ? 'NOK' : 'OK_ACCOUNT';
    },
  }),
  method({
    names: ['is_alias_used'],
    params: ['phone', 'domain'],
    required: phone,
    limit: lookUps,
    run: async (call, args) => {
      checkPlus(args.phone);
      if ((await findByAlias(call, args.phone)) === undefined) {
        throw refuse('ERROR_ALIAS_DOESNT_EXIST');
      }
      return 'OK';
    },
  }),
  method({
    names: ['get_alias'],
    params: ['phone', 'domain'],
    required: phone,
    limit: lookUps,
    run: async (call, args) => {
      checkPlus(args.phone);
      const account = await findByAlias(call, args.phone);
      const hidden = call.platform.config.xmlrpc.existenceOnly;
      if (account === undefined || hidden) throw refuse('ERROR_ALIAS_DOESNT_EXIST');
      return account.username;
    },
  }),
  method({
    names: ['get_phone_number_for_account'],
    params: ['username', 'domain'],
    required: username,
    limit: lookUps,
    run: async (call, args) => {
      const account = await findNamed(call, args.username);
      const hidden = call.platform.config.xmlrpc.existenceOnly;
      if (account === undefined) {
        if ((await findByAlias(call, args.username)) === undefined) {
          throw refuse('ERROR_ACCOUNT_DOESNT_EXIST');
        }
        return args.username;
      }
      if (account.phone === undefined || hidden) throw refuse('ERROR_ALIAS_DOESNT_EXIST');
      return account.phone;
    },
  }),
  method({
    names: ['get_accounts_count'],
    params: [],
    limit: lookUps,
    run: async ({ platform, context }) =>
      String(await countAccountsOfDomain(platform.db, context.space.domain)),
  }),
];
