import { type AccountCreator, AuthInfo, type Core } from '@dialtone/client';
import { createAccount } from '@dialtone/server';
import { computeHa1 } from '@dialtone/sip/digest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ask, assistantCore, useEveryXmlRpcMethod } from './support/creator.ts';
import { type Dialtone, startDialtone } from './support/dialtone.ts';

const domain = 'sip.example.org';
const phone = ['0005554559', '1'] as const;
const e164 = '+10005554559';
const algorithms = ['MD5', 'SHA-256'] as const;

let dialtone: Dialtone;
let core: Core;
let creator: AccountCreator;

/** A server that allows test accounts, as the suite's own server did. */
async function start(): Promise<void> {
  dialtone = await startDialtone({ config: { ALLOW_TEST_ACCOUNTS: 'true' } });
  core = assistantCore(domain);
  useEveryXmlRpcMethod(core);
}

function open(algorithm: string): void {
  creator = core.createAccountCreator(`${dialtone.url}/xmlrpc`);
  creator.setAlgorithm(algorithm);
}

const asking = (name: Parameters<typeof ask>[1]) => ask(creator, name);

function as(username: string, password = 'secret'): void {
  creator.setUsername(username);
  creator.setPassword(password);
}

/** The owner signs in at the application: its credentials answer challenges. */
function signIn(username: string, password = 'secret'): void {
  core.addAuthInfo(new AuthInfo({ username, password, domain }));
}

// The list of account-creator.md §6.3 is one story: each line goes on where the last one ended.
describe.each(algorithms)('our account creator at our XML-RPC endpoint, with %s', (algorithm) => {
  beforeAll(start);
  afterAll(() => dialtone[Symbol.asyncDispose]());
  beforeEach(() => {
    open(algorithm);
    return () => creator.dispose();
  });

  it('account-creator 27: an account that is not there may be deleted', async () => {
    as('alice');
    expect(await asking('deleteAccount')).toBe('AccountNotExist');
  });

  it('account-creator 28: an unknown account does not exist', async () => {
    as('alice');
    expect(await asking('isAccountExist')).toBe('AccountNotExist');
  });

  it('account-creator 29: an unknown account cannot be activated', async () => {
    as('alice');
    creator.setActivationCode('0123456789abc');
    expect(await asking('activateAccount')).toBe('AccountNotExist');
  });

  it('account-creator 30: nor can its alias', async () => {
    as('alice');
    creator.setPhoneNumber(...phone);
    creator.setActivationCode('1234');
    expect(await asking('activateAlias')).toBe('AccountNotActivated');
  });

  it('account-creator 31: an unused phone is no alias', async () => {
    creator.setPhoneNumber(...phone);
    expect(await asking('isAliasUsed')).toBe('AliasNotExist');
  });

  it('account-creator 32: an unknown account gets no other password', async () => {
    as('alice');
    creator.newPassword = 'new secret';
    expect(await asking('updateAccount')).toBe('ServerError');
  });

  it('account-creator 33: an unused phone recovers nothing', async () => {
    creator.setPhoneNumber(...phone);
    expect(await asking('recoverAccount')).toBe('AccountNotExist');
  });

  it('account-creator 34: an unknown account gets no phone', async () => {
    as('alice');
    creator.setPhoneNumber(...phone);
    expect(await asking('linkAccount')).toBe('AccountNotLinked');
  });

  it('account-creator 35: an account is created by email', async () => {
    as('alice');
    creator.setEmail('alice@mail.example');
    expect(await asking('createAccount')).toBe('AccountCreated');
  });

  it('account-creator 36: and exists from then on', async () => {
    as('alice');
    expect(await asking('isAccountExist')).toBe('AccountExist');
  });

  it('account-creator 37: it cannot be created again', async () => {
    as('alice');
    creator.setEmail('other@mail.example');
    expect(await asking('createAccount')).toBe('AccountExist');
  });

  it('account-creator 38: an account without username is called like its phone', async () => {
    creator.setPhoneNumber(...phone);
    creator.setEmail('phone@mail.example');
    creator.setPassword('secret');
    expect(await asking('createAccount')).toBe('AccountCreated');
    creator.reset();
    creator.setUsername(e164);
    creator.setDomain(domain);
    expect(await asking('isAccountExist')).toBe('AccountExist');
  });

  it('account-creator 39: nobody is activated yet', async () => {
    as('alice');
    expect(await asking('isAccountActivated')).toBe('AccountNotActivated');
    creator.reset();
    creator.setDomain(domain);
    creator.setPhoneNumber(...phone);
    expect(await asking('isAccountActivated')).toBe('AccountNotActivated');
  });

  it('account-creator 40: the phone cannot create another account', async () => {
    creator.setPhoneNumber(...phone);
    creator.setPassword('secret');
    expect(await asking('createAccount')).toBe('AccountExist');
  });

  it('account-creator 41: the phone is an account, no alias', async () => {
    creator.setPhoneNumber(...phone);
    expect(await asking('isAliasUsed')).toBe('AliasIsAccount');
  });

  it('account-creator 42: an account without phone is not linked', async () => {
    as('alice');
    expect(await asking('isAccountLinked')).toBe('AccountNotLinked');
  });

  it('account-creator 43: the key of the mail activates', async () => {
    as('alice');
    expect(await asking('getConfirmationKey')).toBe('RequestOk');
    expect(creator.activationCode).toMatch(/^[0-9a-f]{13}$/);
    expect(await asking('activateAccount')).toBe('AccountActivated');
    expect(creator.ha1).toBe(creator.ha1Of('secret'));
  });

  it('account-creator 44: which can be asked', async () => {
    as('alice');
    expect(await asking('isAccountActivated')).toBe('AccountActivated');
  });

  it('account-creator 45: and happens once, even with a fresh key', async () => {
    as('alice');
    expect(await asking('getConfirmationKey')).toBe('RequestOk');
    expect(await asking('activateAccount')).toBe('AccountAlreadyActivated');
  });

  it('account-creator 46: a code is sent to a phone that the account wants', async () => {
    as('alice');
    creator.setPhoneNumber('0005554560', '1');
    expect(await asking('linkAccount')).toBe('RequestOk');
  });

  it('account-creator 47: the code makes it the alias, for the owner', async () => {
    signIn('alice');
    as('alice');
    creator.setPhoneNumber('0005554560', '1');
    expect(await asking('getConfirmationKey')).toBe('RequestOk');
    expect(await asking('activateAlias')).toBe('AccountActivated');
  });

  it('account-creator 48: nobody else is created with that phone', async () => {
    as('bob');
    creator.setPhoneNumber('0005554560', '1');
    expect(await asking('createAccount')).toBe('AccountExistWithAlias');
  });

  it('account-creator 49: the linked phone is an alias', async () => {
    creator.setPhoneNumber('0005554560', '1');
    expect(await asking('isAliasUsed')).toBe('AliasExist');
  });

  it('account-creator 50: the account is linked, and is found with its phone', async () => {
    as('alice');
    expect(await asking('isAccountLinked')).toBe('AccountLinked');
    expect(await asking('isAccountExist')).toBe('AccountExistWithAlias');
    expect(creator.phoneNumber).toBe('+10005554560');
  });

  it('account-creator 51: a wrong password changes none', async () => {
    as('alice', 'wrong');
    creator.newPassword = 'new secret';
    expect(await asking('updateAccount')).toBe('AccountNotExist');
  });

  it('account-creator 52: the right one does', async () => {
    as('alice');
    creator.newPassword = 'new secret';
    expect(await asking('updateAccount')).toBe('RequestOk');
    core.clearAllAuthInfo();
    signIn('alice', 'new secret');
    as('alice', 'new secret');
    creator.newPassword = 'secret';
    expect(await asking('updateAccount')).toBe('RequestOk');
  });

  it('account-creator 53: the linked phone recovers the account', async () => {
    creator.setPhoneNumber('0005554560', '1');
    expect(await asking('recoverAccount')).toBe('RequestOk');
    expect(creator.username).toBe('alice');
  });

  it('account-creator 27: a test account is deleted, and can be created again', async () => {
    as('alice');
    expect(await asking('deleteAccount')).toBe('RequestOk');
    creator.setEmail('alice@mail.example');
    expect(await asking('createAccount')).toBe('AccountCreated');
  });
});

describe('login with a code', () => {
  beforeAll(async () => {
    await start();
    const ha1 = (algorithm: 'MD5' | 'SHA-256', username: string) => ({
      algorithm,
      ha1: computeHa1({ algorithm, username, realm: domain, password: 'secret' }),
    });
    const stored = { md5: ['MD5'], sha: ['SHA-256'], both: ['MD5', 'SHA-256'] } as const;
    for (const [username, kept] of Object.entries(stored)) {
      await createAccount(dialtone.platform, dialtone.space, {
        username,
        hashes: kept.map((algorithm) => ha1(algorithm, username)),
        activated: true,
        ipAddress: '127.0.0.1',
      });
    }
  });
  afterAll(() => dialtone[Symbol.asyncDispose]());

  /** What the creator of `username` has after it logged in with a fresh code. */
  async function login(username: string, stored: string, asked: string) {
    open(stored);
    as(username);
    expect(await asking('getConfirmationKey')).toBe('RequestOk');
    creator.setPassword(null);
    creator.setAlgorithm(asked);
    const status = await asking('loginLinphoneAccount');
    const { ha1, algorithm } = creator;
    creator.dispose();
    return { status, ha1, algorithm };
  }

  const loggedIn = (username: string, algorithm: 'MD5' | 'SHA-256') => ({
    status: 'RequestOk',
    algorithm,
    ha1: computeHa1({ algorithm, username, realm: domain, password: 'secret' }),
  });

  it('account-creator 54: of an unknown account does not exist', async () => {
    open('MD5');
    creator.setUsername('nobody');
    creator.setActivationCode('1234');
    expect(await asking('loginLinphoneAccount')).toBe('AccountNotExist');
  });

  it('account-creator 55: of an MD5 account, asking MD5', async () => {
    expect(await login('md5', 'MD5', 'MD5')).toEqual(loggedIn('md5', 'MD5'));
  });

  it('account-creator 56: of a SHA-256 account, asking SHA-256', async () => {
    expect(await login('sha', 'SHA-256', 'SHA-256')).toEqual(loggedIn('sha', 'SHA-256'));
  });

  it('account-creator 57: of a SHA-256 account, asking MD5, changes the algorithm', async () => {
    expect(await login('sha', 'SHA-256', 'MD5')).toEqual(loggedIn('sha', 'SHA-256'));
  });

  it('account-creator 58: of an MD5 account, asking SHA-256, changes the algorithm', async () => {
    expect(await login('md5', 'MD5', 'SHA-256')).toEqual(loggedIn('md5', 'MD5'));
  });

  it('account-creator 59: of an account with both gives the one asked for', async () => {
    expect(await login('both', 'MD5', 'MD5')).toEqual(loggedIn('both', 'MD5'));
    expect(await login('both', 'MD5', 'SHA-256')).toEqual(loggedIn('both', 'SHA-256'));
  });
});
