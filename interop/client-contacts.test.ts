import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigStore, Core, FriendListSyncStatus } from '@dialtone/client';
import type { Account } from '@dialtone/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main, type Options } from '../docs/examples/contacts.ts';
import { type Dialtone, startDialtone } from './support/dialtone.ts';
import { type TemporaryFolder, temporaryFolder } from './support/temporary-folder.ts';

const DTMF = 'X-LINPHONE-ACCOUNT-DTMF-PROTOCOL';

let dialtone: Dialtone;
let folder: TemporaryFolder;
let file: string;
let alice: Account;
let bob: Account;
beforeEach(async () => {
  dialtone = await startDialtone({ provisioningHeader: true });
  folder = temporaryFolder('phone');
  file = join(folder.path, 'linphonerc');
  alice = await dialtone.createAccount('alice');
  bob = await dialtone.createAccount('bob', { displayName: 'Bob; the Builder' });
  await showToAlice(bob);
  await showToAlice(await dialtone.createAccount('carol', { displayName: 'Carol' }));
  await dialtone.platform.db
    .updateTable('accounts')
    .set({ dtmf_protocol: 'sipinfo' })
    .where('id', '=', bob.id)
    .execute();
});
afterEach(async () => {
  await dialtone[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

async function showToAlice(contact: Account): Promise<void> {
  const link = { account_id: alice.id, contact_id: contact.id };
  await dialtone.platform.db.insertInto('contacts').values(link).execute();
}

async function hideFromAlice(contact: Account): Promise<void> {
  await dialtone.platform.db
    .deleteFrom('contacts')
    .where('account_id', '=', alice.id)
    .where('contact_id', '=', contact.id)
    .execute();
}

async function run(options: Options): Promise<string[]> {
  const lines: string[] = [];
  await main(options, (line) => lines.push(line));
  return lines;
}

describe('contacts, from our server to our client', () => {
  it('provisioning-client 19: the list is made, filled, edited, removed, and follows the server', async () => {
    const created: (string | null)[] = [];
    const phone = async (): Promise<Core> => {
      const core = new Core({ config: await ConfigStore.open({ file }) });
      core.addListener({ onFriendListCreated: (_core, list) => created.push(list.displayName) });
      return core;
    };
    const core = await phone();
    core.provisioning.uri = await dialtone.provisioningUrl(alice);
    await core.start();
    const url = `${dialtone.url}/contacts/vcard`;
    expect(created).toEqual([url]);
    const list = core.getFriendListByName(url);
    if (list === null) throw new Error('no list');
    // Only the digest of alice opens it.
    expect((await fetch(url)).status).toBe(401);
    expect(await list.synchronization).toMatchObject({ skipped: [] });
    expect(list.friends.map(({ name, address }) => [name, address?.asStringUriOnly()])).toEqual([
      ['Bob; the Builder', 'sip:bob@sip.example.org'],
      ['Carol', 'sip:carol@sip.example.org'],
    ]);

    const card = list.friends[0]?.vcard;
    expect(card?.fullName).toBe('Bob; the Builder');
    expect(card?.getExtendedPropertiesValuesByName(DTMF)).toEqual(['sipinfo']);
    card?.removeExtendedPropertiesByName(DTMF);
    expect(card?.getExtendedPropertiesValuesByName(DTMF)).toEqual([]);
    card?.addExtendedProperty(DTMF, 'sipinfo');
    expect(card?.getExtendedPropertiesValuesByName(DTMF)).toEqual(['sipinfo']);

    expect(core.friendLists).toHaveLength(2);
    core.removeFriendList(list);
    expect(core.friendLists).toHaveLength(1);
    core.addFriendList(list);

    await hideFromAlice(bob);
    const { status } = await list.synchronizeFriendsFromServer();
    expect([status, list.friends.length]).toEqual([FriendListSyncStatus.Successful, 1]);
    await core.stop();

    // What was saved, before anything is fetched.
    const later = await phone();
    later.config.setBool('misc', 'fetch_contacts_vcard_list_at_startup', false);
    await later.start();
    const names = later.getFriendListByName(url)?.friends.map(({ name }) => name);
    expect(names).toEqual(['Carol']);
    await later.stop();
  });

  it('the example shows them, and every start brings them up to date', async () => {
    const provisioningUrl = await dialtone.provisioningUrl(alice);
    expect(await run({ file, provisioningUrl })).toEqual([
      'contacts of /contacts/vcard: 0 from the last time',
      'new: Bob; the Builder',
      'new: Carol',
      'Grandma: sip:grandma@sip.example.org',
      'Bob; the Builder: sip:bob@sip.example.org, sipinfo',
      'Carol: sip:carol@sip.example.org',
      'sip:bob@sip.example.org calls: Bob; the Builder',
    ]);
    expect(readFileSync(file, 'utf8')).toContain('[friend_0]\nurl="Grandma" <sip:grandma@');

    await hideFromAlice(bob);
    expect(await run({ file })).toEqual([
      'contacts of /contacts/vcard: 2 from the last time',
      'gone: Bob; the Builder',
      'Grandma: sip:grandma@sip.example.org',
      'Carol: sip:carol@sip.example.org',
      'sip:bob@sip.example.org calls: a stranger',
    ]);
  });

  it('the directories of the space are there once, though the document names them for all generations', async () => {
    const { db } = dialtone.platform;
    const directory = {
      space_id: dialtone.space.id,
      uri: 'https://dav.example.org/club',
      delay: 100,
    };
    await db.insertInto('space_carddav_servers').values(directory).execute();
    const core = new Core({ config: await ConfigStore.open({ file }) });
    core.provisioning.uri = await dialtone.provisioningUrl(alice);
    for (let start = 0; start < 2; start += 1) {
      await core.start();
      expect(core.remoteContactDirectories).toMatchObject([
        { index: 0, type: 'carddav', enabled: true, uri: directory.uri, delayMs: 100 },
      ]);
      await core.stop();
    }
    expect(readFileSync(file, 'utf8')).not.toContain('[carddav_0]');
  });

  it('without the server the phone has what it knew', async () => {
    await run({ file, provisioningUrl: await dialtone.provisioningUrl(alice) });
    await dialtone[Symbol.asyncDispose]();
    const lines = await run({ file });
    expect(lines[1]).toMatch(/^not up to date: /);
    expect(lines).toContain('Carol: sip:carol@sip.example.org');
    dialtone = await startDialtone();
  });
});
