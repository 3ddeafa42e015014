import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { startProgram } from './program.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { waitUntil } from './wait-until.ts';

/** A Radicale CardDAV server with one user and one address book. */
export interface Radicale extends AsyncDisposable {
  /** Without a slash at the end. */
  readonly url: string;
  readonly realm: string;
  readonly username: string;
  readonly password: string;
  /** Stores a card in the user's address book. */
  store(name: string, card: string): Promise<void>;
}

const REALM = 'Contacts of the club';
const USERNAME = 'club';
const PASSWORD = 'cards';

export async function startRadicale(): Promise<Radicale> {
  const folder = temporaryFolder('radicale');
  const port = await freePort();
  const users = join(folder.path, 'users');
  writeFileSync(users, `${USERNAME}:${PASSWORD}\n`);
  const config = join(folder.path, 'config');
  writeFileSync(
    config,
    [
      `[server]\nhosts = 127.0.0.1:${port}`,
      `[auth]\ntype = htpasswd\nhtpasswd_filename = ${users}\nhtpasswd_encryption = plain\nrealm = ${REALM}\ndelay = 0`,
      `[storage]\nfilesystem_folder = ${join(folder.path, 'collections')}`,
      '',
    ].join('\n'),
  );
  const program = startProgram('/usr/bin/radicale', ['--config', config]);
  const url = `http://127.0.0.1:${port}`;
  const authorization = `Basic ${Buffer.from(`${USERNAME}:${PASSWORD}`).toString('base64')}`;
  const send = async (method: string, path: string, body: string, type: string): Promise<void> => {
    const response = await fetch(url + path, {
      method,
      headers: { authorization, 'content-type': type },
      body,
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
  };
  await waitUntil('Radicale answers', async () => {
    if (!program.running) throw new Error(`Radicale ended: ${program.output()}`);
    return fetch(url, { redirect: 'manual' }).catch(() => undefined);
  });
  await send(
    'MKCOL',
    `/${USERNAME}/book/`,
    '<mkcol xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav"><set><prop><resourcetype><collection/><c:addressbook/></resourcetype></prop></set></mkcol>',
    'application/xml',
  );
  return {
    url,
    realm: REALM,
    username: USERNAME,
    password: PASSWORD,
    store: (name, card) => send('PUT', `/${USERNAME}/book/${name}.vcf`, card, 'text/vcard'),
    [Symbol.asyncDispose]: async () => {
      await program.stop();
      folder[Symbol.dispose]();
    },
  };
}
