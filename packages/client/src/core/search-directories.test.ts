import { describe, expect, it, vi } from 'vitest';
import { AuthInfo } from '../auth-info/auth-info.ts';
import type { CardDavDirectory } from '../contact-directories/remote-contact-directory.ts';
import { digestGuard } from '../http/testing/guards.ts';
import { type Reply, type SeenRequest, serveHttp } from '../http/testing/serve-http.ts';
import { coreFixture } from './testing/core-fixture.ts';

const BOOK = '<d:resourcetype><d:collection/><c:addressbook/></d:resourcetype>';
const PLAIN = '<d:resourcetype><d:collection/></d:resourcetype>';

const resource = (href: string, prop: string, status = 'HTTP/1.1 200 OK'): string =>
  `<d:response><d:href>${href}</d:href><d:propstat><d:prop>${prop}</d:prop><d:status>${status}</d:status></d:propstat></d:response>`;
const answer = (...resources: readonly string[]): Reply => ({
  status: 207,
  body: `<d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav">${resources.join('')}</d:multistatus>`,
});
const card = (user: string): string =>
  `<c:address-data>BEGIN:VCARD\r\nVERSION:3.0\r\nFN:${user} &amp; Co\r\nIMPP:sip:${user}@sip.example.org\r\nEND:VCARD\r\n</c:address-data>`;

/** An address book at `/book/`, found from the root through the user's principal. */
function bookServer(found: readonly string[]) {
  return ({ method, path, headers }: SeenRequest): Reply => {
    if (method === 'REPORT') return answer(...found.map((prop, i) => resource(`/book/${i}`, prop)));
    if (path === '/book/' && headers['depth'] === '0') return answer(resource('/book/', BOOK));
    if (path === '/me/') {
      return answer(
        resource(
          '/me/',
          '<c:addressbook-home-set><d:href>/home/</d:href></c:addressbook-home-set>',
        ),
      );
    }
    if (path === '/home/') return answer(resource('/home/', PLAIN), resource('/book/', BOOK));
    return answer(
      resource(
        '/',
        `${PLAIN}<d:current-user-principal><d:href>/me/</d:href></d:current-user-principal>`,
      ),
    );
  };
}

async function search(directory: Partial<CardDavDirectory>, uri: string, text = 'alice') {
  const f = await coreFixture({ started: false });
  f.core.addRemoteContactDirectory({ ...directory, type: 'carddav', uri });
  const results = await f.core.searchRemoteContactDirectories(text);
  return results.map(({ friends, error }) => error?.code ?? friends.map(({ name }) => name));
}

const pathsOf = (seen: readonly SeenRequest[]): string[] =>
  seen.map(({ method, path }) => `${method} ${path}`);

describe('a search in CardDAV directories', () => {
  it('asks the address book at the URI, and gives its contacts', async () => {
    await using server = await serveHttp(bookServer([card('alice'), card('bob'), '<c:other/>']));
    const f = await coreFixture({ started: false });
    const directory = f.core.addRemoteContactDirectory({
      type: 'carddav',
      uri: `${server.url}/book/`,
      fieldsForUserInput: ['FN', 'X-"A"'],
    });
    const results = await f.core.searchRemoteContactDirectories(' <Al&> ');
    expect(results).toMatchObject([{ directory, error: null }]);
    const friends = results[0]?.friends ?? [];
    expect(friends.map(({ name, address }) => [name, address?.asStringUriOnly()])).toEqual([
      ['alice & Co', 'sip:alice@sip.example.org'],
      ['bob & Co', 'sip:bob@sip.example.org'],
    ]);
    expect(friends.map(({ friendList }) => friendList)).toEqual([null, null]);
    const report = server.seen.at(-1);
    expect(report?.headers).toMatchObject({ depth: '1', 'user-agent': 'Test/1.0' });
    expect(report?.body).toContain('<c:prop-filter name="X-&quot;A&quot;"><c:text-match');
    expect(report?.body).toContain('match-type="contains">&lt;Al&amp;&gt;</c:text-match>');
    // Where the book is, is known now.
    await f.core.searchRemoteContactDirectories('alice');
    expect(pathsOf(server.seen)).toEqual(['PROPFIND /book/', 'REPORT /book/', 'REPORT /book/']);
  });

  it('finds the address books of the user behind the URI', async () => {
    await using server = await serveHttp(bookServer([card('alice')]));
    expect(await search({}, server.url)).toEqual([['alice & Co']]);
    expect(pathsOf(server.seen)).toEqual([
      'PROPFIND /',
      'PROPFIND /me/',
      'PROPFIND /home/',
      'REPORT /book/',
    ]);
  });

  it('answers with the credentials of its realm, and with no others', async () => {
    const guard = digestGuard({ username: 'dav', password: 'book' });
    const serve = bookServer([card('alice')]);
    await using server = await serveHttp((request) => guard(request) ?? serve(request));
    const f = await coreFixture({ started: false });
    f.core.addRemoteContactDirectory({ type: 'carddav', uri: `${server.url}/book/` });
    f.core.addAuthInfo(new AuthInfo({ username: 'alice', password: 'sip secret' }));
    const ask = async () => (await f.core.searchRemoteContactDirectories('alice'))[0];
    expect((await ask())?.error?.code).toBe('contacts-unauthorized');
    expect(server.seen.some(({ headers }) => headers.authorization !== undefined)).toBe(false);
    f.core.addAuthInfo(new AuthInfo({ username: 'dav', password: 'book', realm: 'test.example' }));
    expect((await ask())?.friends).toHaveLength(1);
  });

  it('asks only those that are enabled and content with so few characters', async () => {
    await using server = await serveHttp(bookServer([card('alice')]));
    expect(await search({ enabled: false }, server.url)).toEqual([]);
    expect(await search({}, server.url, 'al')).toEqual([]);
    expect(await search({ minCharacters: 0 }, server.url, ' ')).toEqual([]);
    const f = await coreFixture({ started: false });
    f.core.addRemoteContactDirectory({ type: 'ldap', uri: 'ldap://127.0.0.1' });
    expect(await f.core.searchRemoteContactDirectories('alice')).toEqual([]);
    expect(server.seen).toEqual([]);
    expect(await search({ minCharacters: 2 }, server.url, 'al')).toHaveLength(1);
  });

  it('gives no more than wanted, and leaves out what is no card', async () => {
    const users = ['a', 'b', 'c', 'd'].map(card);
    const broken = '<c:address-data>BEGIN:VCARD\nFN\nEND:VCARD</c:address-data>';
    await using server = await serveHttp(bookServer([broken, ...users]));
    const uri = `${server.url}/book/`;
    expect(await search({ resultsLimit: 2 }, uri)).toEqual([['a & Co', 'b & Co']]);
    expect(server.seen.at(-1)?.body).toContain('<c:nresults>2</c:nresults>');
    await search({ useExactMatchPolicy: true }, uri);
    expect(server.seen.at(-1)?.body).toContain('match-type="equals"');
  });

  it.each<[string, Reply]>([
    ['contacts-status', { status: 404 }],
    ['contacts-unreachable', 'drop'],
    ['contacts-unreadable', { status: 207, body: '<html/>' }],
    ['contacts-unreadable', { status: 207, body: 'hello' }],
    ['contacts-no-address-book', answer()],
    ['contacts-no-address-book', answer(resource('/', PLAIN))],
    ['contacts-no-address-book', answer(resource('/book/', BOOK, 'HTTP/1.1 404 Not Found'))],
    ['contacts-no-address-book', answer(resource('https://elsewhere.example/', BOOK))],
  ])('says %s of a server that has none', async (code, reply) => {
    await using server = await serveHttp(() => reply);
    expect(await search({}, server.url)).toEqual([code]);
  });

  it('says so of what is no URL', async () => {
    expect(await search({}, 'nonsense')).toEqual(['contacts-no-address-book']);
    expect(await search({}, 'ftp://127.0.0.1/')).toEqual(['contacts-unreachable']);
  });

  it('waits as long as the directory says, and no longer than application and core', async () => {
    await using server = await serveHttp(() => 'hang');
    const f = await coreFixture({ started: false });
    const directory = { type: 'carddav', uri: server.url, timeoutSeconds: 7 } as const;
    f.core.addRemoteContactDirectory(directory);
    const late = f.core.searchRemoteContactDirectories('alice');
    await vi.waitFor(() => expect(server.seen).toHaveLength(1), 10_000);
    f.links.clock.advance(7000);
    expect((await late)[0]?.error?.cause).toMatchObject({ code: 'http-timeout' });

    const controller = new AbortController();
    const aborted = f.core.searchRemoteContactDirectories('alice', controller.signal);
    controller.abort();
    expect((await aborted)[0]?.error?.cause).toMatchObject({ code: 'http-aborted' });

    await f.core.start();
    const stopped = f.core.searchRemoteContactDirectories('alice');
    await f.stop();
    expect((await stopped)[0]?.error?.cause).toMatchObject({ code: 'http-aborted' });
    expect(f.links.clock.pending).toBe(0);
  });
});
