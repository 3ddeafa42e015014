import { type Account } from '../../accounts/account.ts';
import { prove } from '../credentials.ts';
import { readAlgorithm } from '../hashes.ts';
import { guesses } from '../limits.ts';
import { type Call, method } from '../method.ts';
import { findByAlias, findNamed, storedForm } from '../named-account.ts';
import { type Answer, refuse } from '../result.ts';
import { readUserInfo, writeUserInfo } from '../user-info.ts';

const username = { username: 'ERROR_USERNAME_PARAMETER_NOT_FOUND' } as const;

/** Methods with which an owner reads and completes what is stored of the account. */
export const accountDetailsMethods = [
  method({
    names: ['get_email_account'],
    params: ['username', 'ha1', 'domain', 'algorithm'],
    required: username,
    limit: guesses,
    owner: (call, args) => findNamed(call, args.username),
    run: async (call, args) => describe(call, await findNamed(call, args.username), args),
  }),
  method({
    names: ['get_phone_account'],
    params: ['phone', 'ha1', 'domain', 'algorithm'],
    required: { phone: 'ERROR_PHONE_PARAMETER_NOT_FOUND' },
    limit: guesses,
    owner: (call, args) => findByPhone(call, args.phone),
    run: async (call, args) => describe(call, await findByPhone(call, args.phone), args),
  }),
  method({
    names: ['update_account_user_info'],
    params: [
      'username',
      'ha1',
      'firstname',
      'lastname',
      'gender',
      'subscribe',
      'domain',
      'algorithm',
    ],
    required: username,
    limit: guesses,
    owner: (call, args) => findNamed(call, args.username),
    run: async (call, { username, ha1, algorithm, domain: _domain, ...info }) => {
      const account = await proved(call, await findNamed(call, username), { ha1, algorithm });
      return (await writeUserInfo(call.platform, account.id, info)) ? 'OK' : 'NOK';
    },
  }),
];

interface Proof {
  readonly ha1: string | undefined;
  readonly algorithm: string | undefined;
}

async function proved(call: Call, account: Account | undefined, proof: Proof): Promise<Account> {
  const algorithm = readAlgorithm(proof.algorithm);
  if (account === undefined) throw refuse('ERROR_ACCOUNT_DOESNT_EXIST');
  await prove(call, account, { hash: proof.ha1, algorithm });
  return account;
}

async function describe(call: Call, found: Account | undefined, proof: Proof): Promise<Answer> {
  const account = await proved(call, found, proof);
  const { id, username, domain, email, phone, activated } = account;
  return {
    id: String(id),
    username,
    domain,
    email: email ?? '',
    alias: phone ?? '',
    activated: activated ? '1' : '0',
    ...(await readUserInfo(call.platform.db, id)),
  };
}

/** By alias first, else by name. */
async function findByPhone(call: Call, phone: string): Promise<Account | undefined> {
  return (await findByAlias(call, phone)) ?? findNamed(call, storedForm(phone));
}
