import { describe, expect, it } from 'vitest';
import { AccountCreator } from './account-creator.ts';
import { AccountCreatorService } from './account-creator-service.ts';
import type { AccountCreatorRequestFunc } from './account-creator-service.ts';
import { AccountCreatorStatus as Status } from './enums.ts';
import { accountCreatorRequests } from './requests.ts';
import type { AccountCreatorRequest } from './requests.ts';
import { FakeHost, serveXmlRpc } from './testing/fake-host.ts';
import { everything, setUp } from './testing/filled-creator.ts';

const requestNames = Object.keys(accountCreatorRequests).filter(isRequest);

function isRequest(name: string): name is AccountCreatorRequest {
  return Object.hasOwn(accountCreatorRequests, name);
}

function creatorOf(service: AccountCreatorService | null): AccountCreator {
  const host = new FakeHost();
  host.accountCreatorService = service;
  return new AccountCreator(host, 'https://accounts.example.org/xmlrpc');
}

/** Ends at once with the username as response. */
const answersName: AccountCreatorRequestFunc = (creator) => {
  creator.notify('isAccountExist', Status.AccountExist, creator.username);
  return Status.RequestOk;
};

describe('the service', () => {
  it('is called when a creator is made and, with its fields, when it is disposed of', () => {
    const seen: unknown[] = [];
    const service = new AccountCreatorService({
      constructorCb: (creator) => {
        seen.push(['constructor', creator.setAsDefault]);
        return Status.RequestFailed;
      },
      destructorCb: (creator) => {
        seen.push(['destructor', creator.username]);
        return Status.RequestOk;
      },
    });
    const creator = creatorOf(service);
    creator.setUsername('alice');
    creator.dispose();
    creator.dispose();
    expect(seen).toEqual([
      ['constructor', true],
      ['destructor', 'alice'],
    ]);
    expect([creator.username, creator.service]).toEqual([null, null]);
  });

  it('stays the one of the time when the creator was made, its slots may change', () => {
    const host = new FakeHost();
    const service = new AccountCreatorService();
    host.accountCreatorService = service;
    const creator = new AccountCreator(host);
    host.accountCreatorService = new AccountCreatorService({ isAccountExistCb: answersName });
    expect(creator.isAccountExist()).toBe(Status.NotImplementedError);
    service.isAccountExistCb = answersName;
    expect(creator.isAccountExist()).toBe(Status.RequestOk);
  });

  it('account-creator D5: every request without service is not implemented', () => {
    const creator = creatorOf(null);
    expect(requestNames.map((name) => creator[name]())).toEqual(
      requestNames.map(() => Status.NotImplementedError),
    );
  });

  it('account-creator D9: a null slot is not implemented, a result without listener is dropped', () => {
    const creator = creatorOf(new AccountCreatorService({ isAccountExistCb: answersName }));
    expect(creator.createAccount()).toBe(Status.NotImplementedError);
    expect(creator.isAccountExist()).toBe(Status.RequestOk);
  });

  it.each(requestNames.filter((name) => !name.startsWith('request')))(
    'account-creator 61: %s without result callback is MissingCallbacks on demand',
    (name) => {
      let sent = 0;
      const { slot, listener } = accountCreatorRequests[name];
      const service = new AccountCreatorService({
        [slot]: () => {
          sent += 1;
          return Status.RequestOk;
        },
      });
      service.reportsMissingCallbacks = true;
      const creator = creatorOf(service);
      expect([creator[name](), sent]).toEqual([Status.MissingCallbacks, 0]);
      creator.callbacks[listener] = () => {};
      expect([creator[name](), sent]).toEqual([Status.RequestOk, 1]);
      service[slot] = null;
      expect(creator[name]()).toBe(Status.MissingCallbacks);
    },
  );

  it('works in the form of the manual: the function calls the single callback itself', () => {
    const service = new AccountCreatorService({
      isAccountExistCb: (creator) => {
        creator.callbacks.onIsAccountExist?.(creator, Status.AccountExist, 'Account exist');
        return Status.RequestOk;
      },
    });
    const creator = creatorOf(service);
    const heard: unknown[] = [];
    creator.callbacks.onIsAccountExist = (_, status, response) => heard.push([status, response]);
    expect(creator.isAccountExist()).toBe(Status.RequestOk);
    expect(heard).toEqual([[Status.AccountExist, 'Account exist']]);
  });
});

describe('listeners', () => {
  it('account-creator D6: the single callbacks are told first, then the list in order', () => {
    const creator = creatorOf(new AccountCreatorService({ isAccountExistCb: answersName }));
    const heard: string[] = [];
    const twice = { onIsAccountExist: () => heard.push('twice') };
    creator.addListener({ onIsAccountExist: () => heard.push('list') });
    creator.addListener(twice);
    creator.addListener({ onCreateAccount: () => heard.push('other') });
    creator.addListener(twice);
    creator.callbacks.onIsAccountExist = () => heard.push('single');
    creator.isAccountExist();
    expect(heard).toEqual(['single', 'list', 'twice', 'twice']);
    creator.removeListener(twice);
    creator.isAccountExist();
    expect(heard.slice(4)).toEqual(['single', 'list', 'twice']);
  });

  it('account-creator 60: a listener finds itself as the current one while it runs', () => {
    const creator = creatorOf(new AccountCreatorService({ isAccountExistCb: answersName }));
    const seen: unknown[] = [];
    const listener = { onIsAccountExist: () => seen.push(creator.currentListener === listener) };
    creator.callbacks.onIsAccountExist = () => seen.push(creator.currentListener);
    creator.addListener(listener);
    creator.isAccountExist();
    expect(seen).toEqual([null, true]);
    expect(creator.currentListener).toBeNull();
  });

  it('may remove themselves while they are told', () => {
    const creator = creatorOf(new AccountCreatorService({ isAccountExistCb: answersName }));
    let heard = 0;
    const once = {
      onIsAccountExist: () => {
        heard += 1;
        creator.removeListener(once);
      },
    };
    creator.addListener(once);
    creator.addListener({ onIsAccountExist: () => (heard += 10) });
    creator.isAccountExist();
    creator.isAccountExist();
    expect(heard).toBe(21);
  });
});

describe('requests as promises', () => {
  it('keep the results of two requests of one name apart', async () => {
    const { host, creator } = setUp({ ...everything, username: 'first' });
    const release: (() => void)[] = [];
    const replies = { first: 'ERROR_ALIAS_DOESNT_EXIST', second: 'ERROR_ACCOUNT_DOESNT_EXIST' };
    serveXmlRpc(host, ({ args: [user] }) => replies[user === 'first' ? 'first' : 'second']);
    const { answer } = host;
    host.answer = async (request) => {
      await new Promise<void>((resolve) => {
        release.push(resolve);
      });
      return await answer(request);
    };
    const first = creator.request('isAccountExist');
    creator.setUsername('second');
    const second = creator.request('isAccountExist');
    release[1]?.();
    expect((await second.done).status).toBe(Status.AccountNotExist);
    release[0]?.();
    expect((await first.done).status).toBe(Status.AccountExist);
  });

  it('take the results that a custom service announces later, oldest first', async () => {
    const creator = creatorOf(
      new AccountCreatorService({ isAccountExistCb: () => Status.RequestOk }),
    );
    const [first, second] = [creator.request('isAccountExist'), creator.request('isAccountExist')];
    creator.notify('isAccountExist', Status.AccountExist, 'one');
    creator.notify('isAccountExist', Status.AccountNotExist, 'two');
    expect([await first.done, await second.done]).toEqual([
      { status: Status.AccountExist, response: 'one' },
      { status: Status.AccountNotExist, response: 'two' },
    ]);
  });

  it('end with the provisional status when nothing was started', async () => {
    const { provisional, done } = creatorOf(null).request('createAccount');
    expect(provisional).toBe(Status.NotImplementedError);
    expect(await done).toEqual({ status: Status.NotImplementedError, response: null });
  });

  it('that throw leave nothing behind', () => {
    const creator = creatorOf(
      new AccountCreatorService({
        isAccountExistCb: () => {
          throw new Error('broken service');
        },
      }),
    );
    expect(() => creator.request('isAccountExist')).toThrow('broken service');
    const heard: unknown[] = [];
    creator.addListener({ onIsAccountExist: (_, status) => heard.push(status) });
    creator.notify('isAccountExist', Status.AccountExist, null);
    expect(heard).toEqual([Status.AccountExist]);
  });

  it('account-creator D7: disposing silences pending requests and settles their promises', async () => {
    const { host, creator } = setUp(everything);
    let respond: (() => void) | undefined;
    serveXmlRpc(host, () => 'OK');
    const { answer } = host;
    host.answer = async (request) => {
      await new Promise<void>((resolve) => {
        respond = resolve;
      });
      return await answer(request);
    };
    let heard = 0;
    creator.callbacks.onCreateAccount = () => (heard += 1);
    const { done } = creator.request('createAccount');
    creator[Symbol.dispose]();
    respond?.();
    expect(await done).toEqual({ status: Status.RequestFailed, response: null });
    await new Promise(setImmediate);
    expect(heard).toBe(0);
  });
});
