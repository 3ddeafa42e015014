import type { Account } from '../../accounts/account.ts';
import { deleteAccount } from '../../accounts/account.service.ts';
import { emailKey, newestKey, storeKey } from '../confirmation/confirmation-key.ts';
import { prove } from '../credentials.ts';
import { readAlgorithm } from '../hashes.ts';
import { guesses } from '../limits.ts';
import { type Call, method } from '../method.ts';
import { getNamed } from '../named-account.ts';
import { refuse } from '../result.ts';

const username = { username: 'ERROR_USERNAME_PARAMETER_NOT_FOUND' } as const;

/** Methods that only test suites use: they make keys and tombstones worthless (X13). */
export const testMethods = [
  method({
    names: ['get_confirmation_key'],
    params: ['username', 'secret', 'domain', 'algorithm'],
    required: username,
    limit: guesses,
    offered: isTestServer,
    run: async (call, args) => {
      const { id, activated } = await provedTestAccount(call, args);
      const { platform } = call;
      const waiting = await newestKey(platform, id);
      if (waiting !== undefined) return waiting;
      const key = emailKey(platform);
      const purpose = activated ? 'recovery' : 'activation';
      const minutes = platform.config.xmlrpc.emailKeyMinutes;
      await storeKey(platform, id, { purpose, key, minutes });
      return key;
    },
  }),
  method({
    names: ['delete_account'],
    params: ['username', 'secret', 'domain', 'algorithm'],
    required: username,
    limit: guesses,
    offered: isTestServer,
    run: async (call, args) => {
      const account = await provedTestAccount(call, args);
      const { platform } = call;
      await deleteAccount(platform, account.id);
      // The next run creates the same account.
      await platform.db
        .deleteFrom('accounts_tombstones')
        .where('username', '=', account.username)
        .where('domain', '=', account.domain)
        .execute();
      return 'OK';
    },
  }),
];

function isTestServer({ platform }: Call): boolean {
  return platform.config.xmlrpc.testAccounts;
}

interface TestArguments {
  readonly username: string;
  /** The password, or its hash. */
  readonly secret: string | undefined;
  readonly algorithm: string | undefined;
}

async function provedTestAccount(call: Call, args: TestArguments): Promise<Account> {
  const algorithm = readAlgorithm(args.algorithm);
  const account = await getNamed(call, args.username);
  if (account.admin) throw refuse('ERROR_NON_TEST_ACCOUNTS_UNAUTHORIZED');
  await prove(call, account, { hash: args.secret, password: args.secret, algorithm });
  return account;
}
