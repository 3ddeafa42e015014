import { AuthInfo, Core, type DirectorySearchResult } from '@dialtone/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Radicale, startRadicale } from './support/radicale.ts';

const card = (name: string, user: string, ...more: string[]): string =>
  [
    'BEGIN:VCARD',
    'VERSION:4.0',
    `UID:${user}`,
    `FN:${name}`,
    `IMPP:sip:${user}@sip.example.org`,
    ...more,
    'END:VCARD',
    '',
  ].join('\r\n');

let radicale: Radicale;
beforeAll(async () => {
  radicale = await startRadicale();
  await radicale.store('anna', card('Anna Lind', 'anna', 'TEL:+46 8 123'));
  await radicale.store('bo', card('Bo Lindström', 'bo', 'EMAIL:båt@example.org', 'ORG:Works'));
  await radicale.store('cia', card('Cia Ek', 'cia'));
});
afterAll(() => radicale[Symbol.asyncDispose]());

function phone(): Core {
  const core = new Core();
  const { username, password, realm } = radicale;
  core.addAuthInfo(new AuthInfo({ username, password, realm }));
  // Of an account; none of the directory's business.
  core.addAuthInfo(
    new AuthInfo({ username: 'alice', password: 'secret', realm: 'sip.example.org' }),
  );
  return core;
}

const namesOf = ({ friends, error }: DirectorySearchResult): string[] =>
  error === null ? friends.map(({ name }) => name ?? '').toSorted() : [error.code];

describe('the search of our client in a Radicale directory', () => {
  it.each(['/', '/club/', '/club/book/'])('finds contacts from the URI %s', async (path) => {
    const core = phone();
    core.addRemoteContactDirectory({ type: 'carddav', uri: radicale.url + path });
    const search = async (text: string): Promise<string[]> =>
      (await core.searchRemoteContactDirectories(text)).flatMap(namesOf);
    expect(await search('LIND')).toEqual(['Anna Lind', 'Bo Lindström']);
    expect(await search('båt')).toEqual(['Bo Lindström']);
    expect(await search('cia@')).toEqual(['Cia Ek']);
    expect(await search('nobody')).toEqual([]);
  });

  it('searches the fields, and as exactly, as the directory says', async () => {
    const core = phone();
    const uri = `${radicale.url}/club/book/`;
    core.addRemoteContactDirectory({ type: 'carddav', uri, fieldsForUserInput: ['EMAIL'] });
    core.addRemoteContactDirectory({ type: 'carddav', uri, useExactMatchPolicy: true });
    core.addRemoteContactDirectory({ type: 'carddav', uri, resultsLimit: 1 });
    const search = async (text: string): Promise<string[][]> =>
      (await core.searchRemoteContactDirectories(text)).map(namesOf);
    expect((await search('lind')).map(({ length }) => length)).toEqual([0, 0, 1]);
    expect((await search('Cia Ek')).map(({ length }) => length)).toEqual([0, 1, 1]);
    const [found] = (await core.searchRemoteContactDirectories('anna')).flatMap(
      ({ friends }) => friends,
    );
    expect([found?.address?.asString(), found?.phoneNumbers]).toEqual([
      '"Anna Lind" <sip:anna@sip.example.org>',
      ['+46 8 123'],
    ]);
  });

  it('says what is wrong without credentials, and where there is no address book', async () => {
    const stranger = new Core();
    stranger.addRemoteContactDirectory({ type: 'carddav', uri: `${radicale.url}/club/` });
    const core = phone();
    core.addRemoteContactDirectory({ type: 'carddav', uri: `${radicale.url}/other/` });
    const results = await Promise.all(
      [stranger, core].map((each) => each.searchRemoteContactDirectories('anna')),
    );
    expect(results.flat().map(({ error }) => error?.code)).toEqual([
      'contacts-unauthorized',
      'contacts-status',
    ]);
  });
});
