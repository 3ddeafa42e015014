import { describe, expect, it, vi } from 'vitest';
import type { ContactsError } from '../friends/contacts-error.ts';
import { FriendListStatus, FriendListSyncStatus, FriendListType } from '../friends/friend-enums.ts';
import type { FriendList } from '../friends/friend-list.ts';
import { type Reply, serveHttp, type TestHttpServer } from '../http/testing/serve-http.ts';
import { ConfiguringState } from '../provisioning/configuring-state.ts';
import { documentOf } from '../provisioning/testing/document-of.ts';
import { Address } from '../address/address.ts';
import { coreFixture } from './testing/core-fixture.ts';
import { ACCOUNT, CREDENTIALS, provisioned, serveDocument } from './testing/provisioned-core.ts';

const { Started, Successful, Failure } = FriendListSyncStatus;

const card = (user: string): string =>
  `BEGIN:VCARD\nVERSION:4.0\nFN:${user}\nIMPP:sip:${user}@sip.example.org\nEND:VCARD\n`;
const cards = (...users: readonly string[]): string => users.map(card).join('');
const namesOf = (list: FriendList | undefined): (string | null)[] | undefined =>
  list?.friends.map(({ name }) => name);

/** A core whose contacts list is at a server that answers so; started, and synchronised if it does. */
async function withContacts(answer: () => Reply, misc = '') {
  const server = await serveHttp(answer);
  const url = `${server.url}/contacts`;
  const f = await coreFixture({
    config: `[misc]\ncontacts-vcard-list=${url}\n${misc}\n`,
    started: false,
  });
  const told: [FriendListSyncStatus, string | null][] = [];
  f.core.addListener({
    onFriendListCreated(_core, list) {
      list.addListener({ onSyncStatusChanged: (_list, ...news) => told.push(news) });
    },
  });
  await f.core.start();
  const list = f.core.getFriendListByName(url);
  if (list === null) throw new Error('no list');
  await list.synchronization;
  return { ...f, server, url, list, told };
}

describe('the contacts of a server', () => {
  it('provisioning-client 16: not fetched at the start, they come when they are asked for', async () => {
    const f = await withContacts(
      () => ({ body: cards('alice', 'bob', 'carol') }),
      'fetch_contacts_vcard_list_at_startup=0',
    );
    await using server = f.server;
    expect([f.list.uri, f.list.type, f.list.friends]).toEqual([f.url, FriendListType.VCard4, []]);
    expect(server.seen).toEqual([]);
    expect(await f.list.synchronizeFriendsFromServer()).toEqual({
      status: Successful,
      skipped: [],
    });
    expect(namesOf(f.list)).toEqual(['alice', 'bob', 'carol']);
    expect(server.seen[0]?.headers).toMatchObject({
      accept: 'text/vcard',
      'accept-encoding': 'gzip',
      'user-agent': 'Test/1.0',
    });
    await f.stop();
  });

  it('provisioning-client 17: are a read-only list, and synchronised with one success', async () => {
    const users = Array.from({ length: 1000 }, (_, i) => `user${i}`);
    const f = await withContacts(() => ({ body: cards(...users) }));
    await using _server = f.server;
    expect(f.told).toEqual([
      [Started, null],
      [Successful, null],
    ]);
    expect(namesOf(f.list)).toEqual(users);
    const [first] = f.list.friends;
    const friend = f.core.createFriendWithAddress('sip:me@sip.example.org');
    if (first === undefined || friend === null) throw new Error('no friends');
    expect(f.list.isReadOnly).toBe(true);
    expect(f.list.addFriend(friend)).toBe(FriendListStatus.ReadOnly);
    expect(f.list.removeFriend(first)).toBe(FriendListStatus.ReadOnly);
    expect(f.list.importFriendsFromVcard4Buffer(card('x'))).toBe(-1);
    expect(f.list.friends).toHaveLength(1000);
    await f.stop();
  });

  it('provisioning-client 17: a list that is not there is one failure, and no contacts', async () => {
    const f = await withContacts(() => ({ status: 404, body: card('alice') }));
    await using _server = f.server;
    expect(f.told).toEqual([
      [Started, null],
      [Failure, 'the server answered 404'],
    ]);
    expect([f.list.isReadOnly, f.list.friends]).toEqual([true, []]);
    await f.stop();
  });

  it('are fetched whatever became of the provisioning', async () => {
    await using contacts = await serveHttp(() => ({ body: card('alice') }));
    await using gone = await serveHttp(() => ({ status: 404 }));
    const f = await provisioned(gone.url, `[misc]\ncontacts-vcard-list=${contacts.url}\n`);
    await f.core.start();
    expect(f.configuring).toEqual([ConfiguringState.Failed]);
    await f.core.getFriendListByName(contacts.url)?.synchronization;
    expect(namesOf(f.core.friendLists[1])).toEqual(['alice']);
    await f.stop();
  });

  it('are asked for as the provisioned account, whose credentials answer', async () => {
    await using contacts = await serveHttp(({ headers }) =>
      headers.authorization === undefined
        ? {
            status: 401,
            headers: {
              'WWW-Authenticate':
                'Digest realm="sip.example.org", nonce="n", qop="auth", algorithm=SHA-256',
            },
          }
        : { body: card('alice') },
    );
    await using server = await serveDocument(
      ...ACCOUNT,
      ...CREDENTIALS,
      `!misc/contacts-vcard-list=${contacts.url}/vcard`,
    );
    const f = await provisioned(server.url);
    await f.core.start();
    const list = f.core.getFriendListByName(`${contacts.url}/vcard`);
    await list?.synchronization;
    expect(namesOf(list ?? undefined)).toEqual(['alice']);
    expect(contacts.seen.map(({ headers }) => headers.from)).toEqual([
      'sip:bob@sip.example.org',
      'sip:bob@sip.example.org',
    ]);
    expect(contacts.seen[1]?.headers.authorization).toContain('username="bob"');
    expect(f.asked).toEqual([]);
    await f.stop();
  });

  it('stay the same objects where their cards stay the same, in the order of the server', async () => {
    let body = cards('alice', 'bob', 'bob');
    const f = await withContacts(() => ({ body }));
    await using _server = f.server;
    const [alice, bob, twin] = f.list.friends;
    const news: string[] = [];
    f.list.addListener({
      onContactCreated: (_list, { name }) => news.push(`+${name}`),
      onContactDeleted: (_list, { name }) => news.push(`-${name}`),
    });
    body = cards('carol', 'bob', 'alice');
    await f.list.synchronizeFriendsFromServer();
    expect(f.list.friends.slice(1)).toEqual([bob, alice]);
    expect([alice?.friendList, twin?.friendList]).toEqual([f.list, null]);
    expect(news).toEqual(['-bob', '+carol']);
    const carol = Address.parse('sip:carol@sip.example.org');
    expect(carol && f.core.findFriend(carol)).toBe(f.list.friends[0]);
    body = '';
    await f.list.synchronizeFriendsFromServer();
    expect(f.list.friends).toEqual([]);
    await f.stop();
  });

  it('leave out what cannot be read, and say so', async () => {
    const body = `${card('alice')}BEGIN:VCARD\nVERSION:4.0\nFN\nEND:VCARD\n${card('bob').replace('4.0', '3.0')}`;
    const f = await withContacts(() => ({ body }));
    await using _server = f.server;
    expect(namesOf(f.list)).toEqual(['alice', 'bob']);
    expect(f.told.at(-1)).toEqual([Successful, 'contacts that cannot be read: 1']);
    const outcome = await f.list.synchronizeFriendsFromServer();
    expect(outcome).toMatchObject({ status: Successful, skipped: [{ code: 'vcard-malformed' }] });
    await f.stop();
  });

  it.each<[ContactsError['code'], Reply]>([
    ['contacts-status', { status: 500 }],
    ['contacts-unauthorized', { status: 401 }],
    ['contacts-unreachable', { headers: { 'Content-Encoding': 'gzip' }, body: 'no' }],
    ['contacts-unreadable', { body: '<html>log in</html>' }],
    ['contacts-unreadable', { body: 'BEGIN:VCARD\nEND:VCARD\n' }],
    ['contacts-too-many', { body: 'BEGIN:VCARD\n'.repeat(20_001) }],
  ])('stay what they were after %s', async (code, failure) => {
    let reply: Reply = { body: card('alice') };
    const f = await withContacts(() => reply);
    await using _server = f.server;
    reply = failure;
    const outcome = await f.list.synchronizeFriendsFromServer();
    expect(outcome).toMatchObject({ status: Failure, error: { code } });
    expect(namesOf(f.list)).toEqual(['alice']);
    await f.stop();
  });

  it('are asked for once at a time', async () => {
    const f = await withContacts(() => ({ body: card('alice') }));
    await using server = f.server;
    const first = f.list.synchronizeFriendsFromServer();
    expect(f.list.synchronizeFriendsFromServer()).toBe(first);
    expect(f.list.synchronization).toBe(first);
    await first;
    expect([f.list.synchronization, server.seen.length]).toEqual([null, 2]);
    const asked: unknown[] = [];
    const again = {
      onSyncStatusChanged: (list: FriendList) => asked.push(list.synchronizeFriendsFromServer()),
    };
    f.list.addListener(again);
    const second = f.list.synchronizeFriendsFromServer();
    await second;
    f.list.removeListener(again);
    // Whoever asks when it starts gets the same, whoever asks when it has ended another one.
    expect(asked.map((each) => each === second)).toEqual([true, false, false]);
    expect(asked[2]).toBe(asked[1]);
    await f.list.synchronization;
    expect(server.seen).toHaveLength(4);
    const empty = f.core.createFriendList();
    const { status } = await empty.synchronizeFriendsFromServer();
    expect(status).toBe(Failure);
    await f.stop();
  });

  it('of the default list are kept as its friends', async () => {
    let body = cards('alice', 'bob');
    const f = await withContacts(() => ({ body }));
    await using _server = f.server;
    const { defaultFriendList } = f.core;
    defaultFriendList.uri = f.url;
    await defaultFriendList.synchronizeFriendsFromServer();
    body = cards('bob', 'carol');
    await defaultFriendList.synchronizeFriendsFromServer();
    expect(f.config.getString('friend_0', 'url')).toBe('"carol" <sip:carol@sip.example.org>');
    expect(f.config.getString('friend_1', 'url')).toBe('"bob" <sip:bob@sip.example.org>');
    await f.stop();
  });

  it('keep no core from stopping', async () => {
    let server: TestHttpServer | undefined;
    const life: string[] = [];
    server = await serveHttp(() => 'hang');
    await using _ = server;
    const f = await coreFixture({
      config: `[misc]\ncontacts-vcard-list=${server.url}\n`,
      started: false,
    });
    f.core.addListener({
      onGlobalStateChanged: (_core, _state, message) => life.push(message),
      onFriendListCreated: (_core, list) =>
        list.addListener({ onSyncStatusChanged: (_list, status) => life.push(`sync ${status}`) }),
    });
    await f.core.start();
    await vi.waitFor(() => expect(server.seen).toHaveLength(1), 10_000);
    await f.stop();
    expect(life.slice(-3)).toEqual(['Shutting down', `sync ${Failure}`, 'Off']);
    expect(f.links.clock.pending).toBe(0);
  });
});

describe('presence of friends', () => {
  it('provisioning-client 4: provisioned off, the default list is not to be subscribed to', async () => {
    await using server = await serveHttp(() => ({
      body: documentOf('!net/friendlist_subscription_enabled=0'),
    }));
    const f = await provisioned(server.url, '[net]\nfriendlist_subscription_enabled=1\n');
    const list = f.core.createFriendList();
    f.core.addFriendList(list);
    expect(f.core.friendListSubscriptionEnabled).toBe(true);
    expect(f.core.defaultFriendList.subscriptionsEnabled).toBe(true);
    await f.core.start();
    expect(f.configuring).toEqual([ConfiguringState.Successful]);
    expect(f.core.friendListSubscriptionEnabled).toBe(false);
    expect([f.core.defaultFriendList, list].map((l) => l.subscriptionsEnabled)).toEqual([
      false,
      false,
    ]);
    f.core.friendListSubscriptionEnabled = true;
    expect(f.core.defaultFriendList.subscriptionsEnabled).toBe(true);
    expect(f.config.getString('net', 'friendlist_subscription_enabled')).toBe('1');
    await f.stop();
  });
});
