import {
  type AccountCreator,
  AuthInfo,
  type Core,
  FlexiApiClient,
  flexiApiConnector,
} from '@dialtone/client';
import {
  createAccountCreationToken,
  createAdministrator,
  findAccountByAddress,
  setCountryActivated,
  validateRequestToken,
} from '@dialtone/server';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ask, flexiApiCore, statusName } from './support/creator.ts';
import { type Dialtone, startDialtone } from './support/dialtone.ts';
import { codeIn, textTo } from './support/outbox.ts';

const domain = 'sip.example.org';

let dialtone: Dialtone;
let core: Core;
beforeAll(async () => {
  dialtone = await startDialtone({ config: { DIALTONE_LEGACY_API: 'true' } });
  await setCountryActivated(dialtone.platform.db, 'FR', true, Date.now());
});
afterAll(() => dialtone[Symbol.asyncDispose]());
beforeEach(() => {
  core = flexiApiCore(dialtone);
});

const newToken = async () => (await createAccountCreationToken(dialtone.platform, {})).token;

/** A creator whose fields are those of an account. */
function creatorOf(username: string, password: string | null = 'secret'): AccountCreator {
  const creator = core.createAccountCreator();
  creator.setUsername(username);
  if (password !== null) creator.setPassword(password);
  creator.setDomain(domain);
  return creator;
}

describe('our account creator at our REST API', () => {
  it('account-creator 73: an existing account exists, another does not', async () => {
    await dialtone.createAccount('a73');
    expect(await ask(creatorOf('a73', null), 'isAccountExist')).toBe('AccountExist');
    expect(await ask(creatorOf('nobody', null), 'isAccountExist')).toBe('AccountNotExist');
  });

  it('account-creator 74: the domain is filled in; an unknown account is not activated', async () => {
    const creator = core.createAccountCreator();
    creator.setUsername('nobody');
    expect(await ask(creator, 'isAccountActivated')).toBe('AccountNotExist');
    expect(creator.domain).toBe(domain);
    await dialtone.createAccount('a74', { activated: false });
    expect(await ask(creatorOf('a74'), 'isAccountActivated')).toBe('AccountNotActivated');
    await dialtone.createAccount('b74');
    expect(await ask(creatorOf('b74'), 'isAccountActivated')).toBe('AccountActivated');
  });

  it('account-creator 75: an account without phone is not linked', async () => {
    await dialtone.createAccount('a75');
    expect(await ask(creatorOf('a75'), 'isAccountLinked')).toBe('AccountNotLinked');
  });

  it('account-creator 76: the owner deletes the account', async () => {
    await dialtone.createAccount('a76');
    const { service } = core.createAccountCreator();
    if (service) service.deleteAccountCb = flexiApiConnector.deleteAccount;
    expect(await ask(creatorOf('a76'), 'deleteAccount')).toBe('RequestOk');
    expect(await findAccountByAddress(dialtone.platform, 'a76', domain)).toBeUndefined();
  });

  it('account-creator 77: an email code of the wrong size is a missing argument', async () => {
    await dialtone.createAccount('a77');
    const creator = creatorOf('a77');
    if (creator.service) creator.service.activateAccountCb = flexiApiConnector.activateEmailAccount;
    creator.setActivationCode('12345');
    expect(await ask(creator, 'activateAccount')).toBe('MissingArguments');
  });

  it('account-creator 78: push data of no provider is a missing argument', async () => {
    const creator = core.createAccountCreator();
    creator.pnProvider = 'no such provider';
    creator.pnParam = 'param';
    creator.pnPrid = 'prid';
    expect(await ask(creator, 'requestAuthToken')).toBe('MissingArguments');
    creator.pnProvider = 'fcm';
    expect(await ask(creator, 'requestAuthToken')).toBe('UnexpectedError');
  });

  it('account-creator 79: a request token, once validated, is worth a creation token', async () => {
    const creator = creatorOf('a79');
    const { provisional, done } = creator.request('requestAccountCreationRequestToken');
    expect(statusName(provisional)).toBe('RequestOk');
    const { token, validation_url } = JSON.parse((await done).response ?? '');
    expect(validation_url).toBe(`${dialtone.url}/creation_token/check/${token}`);

    creator.accountCreationRequestToken = token;
    const exchange = 'requestAccountCreationTokenUsingRequestToken';
    expect(await ask(creator, exchange)).toBe('RequestFailed');
    await validateRequestToken(dialtone.platform, token);
    const { response } = await creator.request(exchange).done;
    creator.token = JSON.parse(response ?? '').token;
    expect(await ask(creator, 'createAccount')).toBe('AccountCreated');
    expect(await ask(creator, exchange)).toBe('MissingArguments');
  });

  it('account-creator 80: an invalid token creates nothing', async () => {
    const creator = creatorOf('a80');
    creator.token = 'AAAAAAAAAAAAA';
    expect(await ask(creator, 'createAccount')).toBe('MissingArguments');
    creator.token = await newToken();
    expect(await ask(creator, 'createAccount')).toBe('AccountCreated');
    creator.token = await newToken();
    expect(await ask(creator, 'createAccount')).toBe('MissingArguments');
  });

  it('account-creator 83: a push account has credentials that work, and is activated', async () => {
    const creator = core.createAccountCreator();
    creator.setDomain(domain);
    creator.setAlgorithm('SHA-256');
    creator.token = await newToken();
    expect(await ask(creator, 'createPushAccount')).toBe('AccountCreated');
    const { username, password } = creator;
    const own = await dialtone.createAccount('other83');
    expect([username, password]).not.toContain(own.username);
    expect(await ask(creatorOf(username ?? '', password), 'isAccountActivated')).toBe(
      'AccountActivated',
    );
  });

  it('links a phone and changes the password, as the owner', async () => {
    const creator = creatorOf('carol');
    creator.token = await newToken();
    expect(await ask(creator, 'createAccount')).toBe('AccountCreated');
    creator.setPhoneNumber('0698765432', '33');
    expect(await ask(creator, 'linkAccount')).toBe('RequestOk');
    creator.setActivationCode(codeIn(await textTo(dialtone.platform, '+33698765432')));
    expect(await ask(creator, 'activateAlias')).toBe('AccountActivated');
    expect(await ask(creator, 'isAccountLinked')).toBe('AccountLinked');
    creator.newPassword = 'new secret';
    expect(await ask(creator, 'updateAccount')).toBe('RequestOk');
    expect(await ask(creatorOf('carol', 'new secret'), 'isAccountActivated')).toBe(
      'AccountActivated',
    );
    expect(await ask(creatorOf('carol', 'secret'), 'isAccountActivated')).toBe(
      'RequestNotAuthorized',
    );
  });
});

describe('the connectors for old servers', () => {
  beforeEach(() => {
    const { service } = core.createAccountCreator();
    if (service === null) return;
    const { legacy } = flexiApiConnector;
    service.createAccountCb = legacy.createPublicAccount;
    service.isAliasUsedCb = legacy.isAliasUsed;
    service.recoverAccountCb = legacy.recoverAccount;
    service.loginLinphoneAccountCb = legacy.loginLinphoneAccount;
  });

  it('account-creator 81: a public creation needs a valid token', async () => {
    const creator = creatorOf('a81');
    expect(await ask(creator, 'createAccount')).toBe('AccountNotCreated');
    creator.token = 'AAAAAAAAAAAAA';
    expect(await ask(creator, 'createAccount')).toBe('AccountNotCreated');
  });

  it('account-creator 82: with one it creates by phone, looks up, recovers and logs in', async () => {
    const creator = core.createAccountCreator();
    creator.setPassword('secret');
    creator.setDomain(domain);
    creator.setPhoneNumber('0612345678', '33');
    expect(await ask(creator, 'isAliasUsed')).toBe('AliasNotExist');
    creator.token = await newToken();
    expect(await ask(creator, 'createAccount')).toBe('AccountCreated');
    expect(await ask(creator, 'isAliasUsed')).toBe('AliasIsAccount');
    creator.token = await newToken();
    expect(await ask(creator, 'recoverAccount')).toBe('RequestOk');
    creator.setUsername('+33612345678');
    creator.setActivationCode(codeIn(await textTo(dialtone.platform, '+33612345678')));
    expect(await ask(creator, 'loginLinphoneAccount')).toBe('RequestOk');
    creator.setAlgorithm('SHA-256');
    expect(creator.ha1).toBe(creator.ha1Of('secret'));
    expect(await ask(creator, 'isAliasUsed')).toBe('AliasExist');
  });
});

describe('our client of the REST API', () => {
  const admin = async (username: string) => {
    const { platform, space } = dialtone;
    const { apiKey } = await createAdministrator(platform, space, {
      username,
      password: 'secret',
      keyName: 'interop',
    });
    return new FlexiApiClient(core).setApiKey(apiKey);
  };

  it('account-creator 84: an administrator gets account creation tokens', async () => {
    const response = await (await admin('admin84')).sendAccountCreationToken();
    expect(response.code).toBe(201);
    expect(response.json()).toMatchObject({ token: expect.stringMatching(/^\w{13}$/) });
  });

  it('account-creator 85: ping answers pong', async () => {
    expect(await new FlexiApiClient(core).ping()).toMatchObject({ code: 200, body: 'pong' });
  });

  it('account-creator 86: me answers the challenge by itself', async () => {
    await dialtone.createAccount('a86');
    core.addAuthInfo(new AuthInfo({ username: 'a86', password: 'secret', domain }));
    const response = await new FlexiApiClient(core, { from: `sip:a86@${domain}` }).me();
    expect(response.code).toBe(200);
    expect(response.json()).toMatchObject({ username: 'a86', domain });
  });

  it('account-creator 87: an administrator creates, shows and deletes an account', async () => {
    const client = await admin('admin87');
    const account = { username: 'a87', password: 'secret', algorithm: 'SHA-256', activated: true };
    const { id } = JSON.parse((await client.adminAccountCreate(account)).body);
    expect((await client.adminAccount(id)).json()).toMatchObject({
      username: 'a87',
      activated: true,
    });
    await client.adminAccountDeactivate(id);
    const found = await client.adminAccountSearch(`sip:a87@${domain}`);
    expect(found.json()).toMatchObject({ id, activated: false });
    expect((await client.adminAccountDelete(id)).code).toBe(200);
    await expect(client.adminAccount(id)).rejects.toMatchObject({ status: 404 });
  });

  it('account-creator 88: the owner changes the password', async () => {
    await using server = await startDialtone({ algorithm: 'MD5' });
    const own = flexiApiCore(server);
    await server.createAccount('a88');
    own.addAuthInfo(new AuthInfo({ username: 'a88', password: 'secret', domain }));
    const client = new FlexiApiClient(own, { from: `sip:a88@${domain}` });
    expect((await client.accountPasswordChange('MD5', 'new secret', 'secret')).code).toBe(200);
    await expect(client.me()).rejects.toMatchObject({ status: 401 });
  });
});
