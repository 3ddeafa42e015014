import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Address } from '../address/address.ts';
import { ConfigStore } from '../config/config-store.ts';
import type { Friend } from '../friends/friend.ts';
import { FriendListStatus } from '../friends/friend-enums.ts';
import type { FriendList } from '../friends/friend-list.ts';
import { Vcard } from '../friends/vcard.ts';
import { documentOf } from '../provisioning/testing/document-of.ts';
import { Core } from './core.ts';
import { coreFixture } from './testing/core-fixture.ts';
import { provisioned, serveDocument } from './testing/provisioned-core.ts';

const FRIENDS = [
  'friend_0/url="Alice" <sip:alice@sip.example.org>',
  'friend_1/url=sip:sip.example.org',
  'friend_2/url=<sip:bob@sip.example.org>',
  'friend_3/url=hello',
  'friend_4/url="Nobody" <sip:example.org>',
  'friend_5/url=sip:carol@sip.example.org',
  'friend_6/pol=accept',
];

const nameOf = (friend: Friend): string => friend.address?.asString() ?? '';
const addressesOf = (list: FriendList): string[] => list.friends.map(nameOf);
const parse = (text: string): Address => {
  const address = Address.parse(text);
  if (address === null) throw new Error(text);
  return address;
};

/** A core over a configuration with these entries, `section/key=value`. */
async function coreWith(...entries: readonly string[]): Promise<Core> {
  const config = ConfigStore.inMemory();
  await config.applyXml(documentOf(...entries));
  return new Core({ config });
}

function friendOf(core: Core, text: string): Friend {
  const friend = core.createFriendWithAddress(text);
  if (friend === null) throw new Error(text);
  return friend;
}

describe('the default friend list', () => {
  it('provisioning-client 39: has the friends whose URL has a user part, from a file and from XML', async () => {
    const expected = [
      '"Alice" <sip:alice@sip.example.org>',
      'sip:bob@sip.example.org',
      'sip:carol@sip.example.org',
    ];
    const fromXml = await coreWith(...FRIENDS);
    expect(addressesOf(fromXml.defaultFriendList)).toEqual(expected);
    const text = FRIENDS.map((entry) => `[${entry.replace('/', ']\n')}\n`).join('');
    const fromText = new Core({ config: ConfigStore.fromString(text) });
    expect(addressesOf(fromText.defaultFriendList)).toEqual(expected);
    expect(fromText.createFriend().address).toBeNull();
    expect(fromText.createFriendWithAddress('sip:sip.example.org')).toBeNull();
    expect(fromText.friendLists).toEqual([fromText.defaultFriendList]);
  });

  it('provisioning-client 43: removing a friend removes its section, and no other gets its number', async () => {
    const core = await coreWith(
      'friend_0/url=sip:alice@sip.example.org',
      'friend_1/url=sip:bob@sip.example.org',
      'friend_1/pol=accept',
      'friend_2/url=sip:carol@sip.example.org',
    );
    const before = core.config.toDebugString();
    core.defaultFriendList.friends[1]?.remove();
    expect(core.config.toDebugString()).toBe(before?.replace(/\[friend_1\]\n(?:\t.*\n)*/, ''));
    expect(addressesOf(core.defaultFriendList)).toEqual([
      'sip:alice@sip.example.org',
      'sip:carol@sip.example.org',
    ]);
    // A reader that knows gaps finds both.
    expect(addressesOf(new Core({ config: core.config }).defaultFriendList)).toHaveLength(2);
    core.defaultFriendList.addFriend(friendOf(core, 'sip:dave@sip.example.org'));
    expect(core.config.getString('friend_1', 'url')).toBe('sip:dave@sip.example.org');
  });

  it('keeps in its sections all that is known of a friend, and foreign keys', async () => {
    const core = await coreWith('friend_0/url=sip:alice@sip.example.org', 'friend_0/pol=wait');
    const [alice] = core.defaultFriendList.friends;
    if (alice === undefined) throw new Error('no alice');
    alice.refKey = 'a1';
    expect(core.config.hasEntry('friend_0', 'vcard')).toBe(false);
    alice.name = 'Alice';
    alice.addPhoneNumber('+33 1');
    alice.organization = 'Lines\n; Co';
    alice.setAddress(parse('sip:alice@other.example.org;transport=tls'));
    core.defaultFriendList.addFriend(core.createFriendFromVcard(cardWithNumber('0123')));
    expect(core.config.toDebugString()).toContain(
      '\turl="Alice" <sip:alice@other.example.org;transport=tls>\n\tpol=wait\n\trefkey=a1\n\tvcard="BEGIN:VCARD',
    );
    const [again, number] = new Core({ config: core.config }).defaultFriendList.friends;
    expect([again?.refKey, again?.name, again?.organization]).toEqual([
      'a1',
      'Alice',
      'Lines\n; Co',
    ]);
    expect(again?.vcard.asString()).toBe(alice.vcard.asString());
    expect([number?.address, number?.phoneNumbers]).toEqual([null, ['0123']]);
  });

  it('believes the URL where a document changed it', async () => {
    const core = await coreWith('friend_0/url="Alice" <sip:alice@sip.example.org>');
    const [alice] = core.defaultFriendList.friends;
    alice?.addPhoneNumber('+33 1');
    const read = () => new Core({ config: core.config }).defaultFriendList.friends[0];
    core.config.setString('friend_0', 'url', '"Al" <sip:alice@sip.example.org>');
    expect([read()?.name, read()?.phoneNumbers]).toEqual(['Al', ['+33 1']]);
    core.config.setString('friend_0', 'url', 'sip:bob@sip.example.org');
    expect([read()?.name, read()?.phoneNumbers]).toEqual([null, []]);
    core.config.setString('friend_0', 'vcard', '"nonsense');
    expect(read()?.address?.asString()).toBe('sip:bob@sip.example.org');
  });

  it('is read anew after a provisioning, and keeps the friends that stayed the same', async () => {
    await using server = await serveDocument(
      '!friend_0/url=sip:zoe@sip.example.org',
      'friend_2/url=sip:carol@sip.example.org',
    );
    const f = await provisioned(
      server.url,
      '[friend_0]\nurl=sip:alice@sip.example.org\n[friend_1]\nurl=sip:bob@sip.example.org\n',
    );
    const [alice, bob] = f.core.defaultFriendList.friends;
    const told: string[] = [];
    f.core.defaultFriendList.addListener({
      onContactCreated: (_list, friend) => told.push(`+${nameOf(friend)}`),
      onContactDeleted: (_list, friend) => told.push(`-${nameOf(friend)}`),
    });
    await f.core.start();
    await f.restart();
    expect(addressesOf(f.core.defaultFriendList)).toEqual([
      'sip:bob@sip.example.org',
      'sip:zoe@sip.example.org',
      'sip:carol@sip.example.org',
    ]);
    expect(told).toEqual([
      '-sip:alice@sip.example.org',
      '+sip:zoe@sip.example.org',
      '+sip:carol@sip.example.org',
    ]);
    expect([alice?.friendList, bob?.friendList]).toEqual([null, f.core.defaultFriendList]);
    await f.stop();
  });

  it('writes nothing with store_friends=0', async () => {
    const core = await coreWith('misc/store_friends=0', 'friend_0/url=sip:alice@sip.example.org');
    core.defaultFriendList.addFriend(friendOf(core, 'sip:bob@sip.example.org'));
    expect(core.config.hasSection('friend_1')).toBe(false);
  });
});

describe('friend lists', () => {
  it('take and give friends', async () => {
    const { core } = await coreFixture({ started: false });
    const { OK, NonExistentFriend, InvalidFriend } = FriendListStatus;
    const list = core.createFriendList();
    const bob = friendOf(core, '"Bob" <sip:bob@sip.example.org>');
    expect(list.addFriend(core.createFriend())).toBe(InvalidFriend);
    expect(list.addFriend(bob)).toBe(OK);
    expect(list.addFriend(bob)).toBe(InvalidFriend);
    expect(core.defaultFriendList.addFriend(bob)).toBe(InvalidFriend);
    expect(core.defaultFriendList.removeFriend(bob)).toBe(NonExistentFriend);
    expect([bob.friendList, bob.address?.displayName]).toEqual([list, 'Bob']);
    expect(list.removeFriend(bob)).toBe(OK);
    expect([bob.friendList, list.friends]).toEqual([null, []]);
  });

  it('are told of when they come and go; the default one stays', async () => {
    const { core } = await coreFixture({ started: false });
    const told: string[] = [];
    core.addListener({
      onFriendListCreated: (_core, list) => told.push(`+${list.displayName}`),
      onFriendListRemoved: (_core, list) => told.push(`-${list.displayName}`),
    });
    const family = core.createFriendList();
    family.displayName = 'Family';
    core.addFriendList(family);
    core.addFriendList(family);
    expect(core.getFriendListByName('Family')).toBe(family);
    core.removeFriendList(family);
    core.removeFriendList(family);
    core.removeFriendList(core.defaultFriendList);
    expect(told).toEqual(['+Family', '-Family']);
    expect(core.friendLists).toEqual([core.defaultFriendList]);
  });

  it('find friends by address, number and key', async () => {
    const f = await coreFixture({ started: false });
    const { core } = f;
    const config = f.makeConfig();
    config.dialPrefix = '33';
    core.addProxyConfig(config);
    core.defaultProxyConfig = config;
    const list = core.createFriendList();
    core.addFriendList(list);
    const bob = core.createFriend();
    bob.addAddress(parse('sip:bob@sip.example.org'));
    bob.addPhoneNumber('06 12 34 56 78');
    bob.refKey = 'b';
    list.addFriend(bob);
    expect(core.findFriend(parse('"X" <sip:bob@sip.example.org;transport=tcp>'))).toBe(bob);
    expect(core.findFriend(parse('sip:bob@example.org'))).toBeNull();
    expect(core.findFriendByPhoneNumber('+33612345678')).toBe(bob);
    expect(core.findFriendByPhoneNumber('+33612345679')).toBeNull();
    expect(core.getFriendByRefKey('b')).toBe(bob);
    expect(core.getFriendByRefKey('c')).toBeNull();
  });

  it('read files of vCards, those that are none left out, and write them', async () => {
    const { core } = await coreFixture({ started: false });
    const list = core.createFriendList();
    const text = `${cardWithNumber('1').asString()}BEGIN:VCARD\nrubbish\nEND:VCARD\n${cardWithNumber('2').asString()}`;
    expect(list.importFriendsFromVcard4Buffer(text)).toBe(2);
    expect(list.importFriendsFromVcard4Buffer('')).toBe(0);
    expect(list.friends.map(({ phoneNumbers }) => phoneNumbers[0])).toEqual(['1', '2']);
    const other = core.createFriendList();
    other.importFriendsFromVcard4Buffer(list.exportFriendsAsVcard4Buffer());
    expect(other.exportFriendsAsVcard4Buffer()).toBe(list.exportFriendsAsVcard4Buffer());
  });
});

describe('lists beside the default one', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'friends-'));
    file = join(folder, 'linphonerc');
  });
  afterEach(() => rm(folder, { recursive: true }));

  const saved = () => `${file}-friends.json`;

  async function started(): Promise<Core> {
    const core = new Core({ config: await ConfigStore.open({ file }) });
    core.transports = { udpPort: 0, tcpPort: 0, tlsPort: 0 };
    await core.start();
    return core;
  }

  it('are there again at the next start, with all that is known of their friends', async () => {
    const first = new Core({ config: await ConfigStore.open({ file }) });
    const family = first.createFriendList();
    family.displayName = 'Family';
    family.uri = 'https://example.org/family';
    first.addFriendList(family);
    await first.start();
    const mum = friendOf(first, '"Mum" <sip:mum@sip.example.org>');
    family.addFriend(mum);
    mum.refKey = 'm';
    mum.vcard.addExtendedProperty('X-ROOM', 'kitchen');
    await first.stop();
    expect(await readFile(saved(), 'utf8')).toContain('X-ROOM:kitchen');

    const second = await started();
    const list = second.getFriendListByName('Family');
    expect([list?.uri, list?.isReadOnly]).toEqual(['https://example.org/family', false]);
    expect(list?.friends.map(({ refKey, name }) => [refKey, name])).toEqual([['m', 'Mum']]);
    expect(list?.friends[0]?.vcard.asString()).toBe(mum.vcard.asString());
    // Stopped and started in one process, they are the same objects.
    await second.stop();
    await second.start();
    expect(second.friendLists[1]).toBe(list);
    if (list) second.removeFriendList(list);
    await second.stop();
    const third = await started();
    expect(third.friendLists).toHaveLength(1);
    await third.stop();
  });

  it('that cannot be read are put aside, and never overwritten with nothing', async () => {
    await writeFile(saved(), '{"lists": nonsense');
    const core = await started();
    const list = core.createFriendList();
    core.addFriendList(list);
    await core.stop();
    expect(JSON.parse(await readFile(saved(), 'utf8'))).toMatchObject({ lists: [{ friends: [] }] });
    expect(await readFile(`${saved()}.unreadable`, 'utf8')).toBe('{"lists": nonsense');
  });

  it('are read leniently: what is no list and no card is left out', async () => {
    const card = cardWithNumber('1').asString();
    const friends = [{ vcard: card }, { vcard: 'x' }, 3, null];
    await writeFile(saved(), JSON.stringify({ lists: [{ displayName: 'A', friends }, 7, {}] }));
    const core = await started();
    expect(
      core.friendLists.map(({ displayName, friends: all }) => [displayName, all.length]),
    ).toEqual([
      ['_default', 0],
      ['A', 1],
      [null, 0],
    ]);
    await core.stop();
  });

  it('are in no file with store_friends=0', async () => {
    await writeFile(file, '[misc]\nstore_friends=0\n');
    const core = await started();
    core.addFriendList(core.createFriendList());
    await core.stop();
    await expect(readFile(saved())).rejects.toThrow('ENOENT');
  });
});

function cardWithNumber(number: string): Vcard {
  const vcard = new Vcard();
  vcard.addPhoneNumber(number);
  return vcard;
}
