import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../accounts/account.ts';
import { buildTestApp, type TestApp } from '../testing/build-test-app.ts';

describe('the contacts a phone fetches', () => {
  let test: TestApp;
  let alice: Account;
  let key: string;

  beforeEach(async () => {
    test = await buildTestApp();
    alice = await test.createAccount({ username: 'alice' });
    key = await test.createKey(alice);
  });
  afterEach(() => test.close());

  const addContact = async (contact: Account): Promise<void> => {
    const link = { account_id: alice.id, contact_id: contact.id };
    await test.platform.db.insertInto('contacts').values(link).execute();
  };

  it('are empty without contacts', async () => {
    const answer = await test.request({ url: '/contacts/vcard', key });
    expect([answer.statusCode, answer.body]).toEqual([200, '']);
  });

  it('are vCards of own contacts and of the lists shown to the account, each once', async () => {
    const bob = await test.createAccount({
      username: 'bob',
      displayName: 'Bob; the Builder',
      dtmfProtocol: 'sipinfo',
    });
    const carol = await test.createAccount({ username: 'carol' });
    const { db } = test.platform;
    await addContact(bob);
    await db
      .insertInto('account_actions')
      .values({ account_id: bob.id, key: 'open', code: '12' })
      .execute();
    await db
      .insertInto('contacts_lists')
      .values({ id: 1, title: 'All', space_id: test.space.id })
      .execute();
    await db
      .insertInto('account_contacts_list')
      .values({ account_id: alice.id, contacts_list_id: 1 })
      .execute();
    for (const { id } of [bob, carol]) {
      const member = { contact_id: id, contacts_list_id: 1 };
      await db.insertInto('contacts_list_contact').values(member).execute();
    }
    const answer = await test.request({ url: '/contacts/vcard', key });
    expect(answer.headers['content-type']).toBe('text/vcard; charset=utf-8');
    expect(answer.body).toBe(
      [
        'BEGIN:VCARD',
        'VERSION:4.0',
        'KIND:individual',
        'IMPP:sip:bob@sip.example.com',
        'FN:Bob\\; the Builder',
        'X-LINPHONE-ACCOUNT-DTMF-PROTOCOL:sipinfo',
        'X-LINPHONE-ACCOUNT-ACTION:open;12',
        'END:VCARD',
        'BEGIN:VCARD',
        'VERSION:4.0',
        'KIND:individual',
        'IMPP:sip:carol@sip.example.com',
        'FN:carol@sip.example.com',
        'END:VCARD',
      ].join('\n'),
    );
  });

  it('can be read one by one', async () => {
    await addContact(await test.createAccount({ username: 'bob' }));
    const url = '/contacts/vcard/bob@sip.example.com';
    expect((await test.request({ url, key })).body).toContain('FN:bob@sip.example.com');
    const unknown = await test.request({ url: '/contacts/vcard/eve@sip.example.com', key });
    expect(unknown.statusCode).toBe(404);
  });

  it('need credentials', async () => {
    expect((await test.request({ url: '/contacts/vcard' })).statusCode).toBe(401);
  });
});
