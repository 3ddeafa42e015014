import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serializeProvisioningXml, type ProvisioningPreviewJson } from '@dialtone/contract';
import { setSpaceDoors } from '../../spaces/space.service.ts';
import {
  buildProvisioningTest,
  entriesOf,
  type ProvisioningTest,
} from '../testing/provisioning-test.ts';

let test: ProvisioningTest;
let admin: string;
let seen: boolean[];

beforeEach(async () => {
  seen = [];
  test = await buildProvisioningTest({
    config: { COTURN_SERVER_HOST: 'turn.example.com', COTURN_STATIC_AUTH_SECRET: 's' },
    platform: {
      provisioningHooks: {
        additionalSections: (_section, { preview }) => void seen.push(preview),
      },
    },
  });
  const boss = await test.createAccount({ username: 'boss', admin: true, activated: true });
  admin = await test.createKey(boss);
});

afterEach(() => test.close());

async function preview(headers: Record<string, string> = {}): Promise<ProvisioningPreviewJson> {
  const url = `/api/accounts/${test.ann.id}/provisioning/preview`;
  const reply = await test.request({ url, key: admin, headers });
  expect(reply.statusCode).toBe(200);
  return reply.json();
}

const codes = async () => (await preview()).notes.map(({ code }) => code);

describe('the preview of a document', () => {
  it('is what the phone gets, without its secrets', async () => {
    const shown = await preview();
    const real = entriesOf(await test.phone(`/provisioning/${await test.newToken()}`));
    const hidden = /(ha1|passwd)$/;
    // Made anew for every document.
    const momentary = /^(auth_info_1\/username|provisioned_nat_policy\/stun_server_username)$/;
    const steady = (all: Record<string, string>) =>
      Object.entries(all).filter(([key]) => !hidden.test(key) && !momentary.test(key));
    const previewed = shown.sections.flatMap(({ name, entries }) =>
      entries.map((entry) => [`${name}/${entry.name}`, entry.value]),
    );
    expect(steady(Object.fromEntries(previewed))).toEqual(steady(real));
    expect(shown.xml).toBe(serializeProvisioningXml(shown));
    expect(shown.xml).toContain('<entry name="ha1" overwrite="true">(hidden)</entry>');
    expect(shown.xml).not.toContain((await test.storedHashes())[0]);
    expect(shown.xml).toContain('<entry name="passwd" overwrite="true">(hidden)</entry>');
  });

  it('spends, activates and changes nothing, and hooks know it', async () => {
    const token = await test.newToken();
    const before = await test.storedHashes();
    await preview();
    expect(seen).toEqual([true]);
    expect(await test.isUnused(token)).toBe(true);
    expect(await test.isActivated()).toBe(false);
    expect(await test.storedHashes()).toEqual(before);
  });

  it('comes with notes on what Linphone makes of it', async () => {
    await test.platform.db
      .insertInto('space_carddav_servers')
      .values({ space_id: test.space.id, uri: 'https://dav.example.com/' })
      .execute();
    await test.platform.db
      .updateTable('spaces')
      .set({ custom_provisioning_entries: '[proxy_3]\nreg_prxy=x' })
      .execute();
    const { notes } = await preview();
    expect(notes.map(({ code }) => code)).toEqual([
      'preview.door_closed',
      'preview.plain_http',
      'preview.not_activated',
      'preview.directories',
      'preview.turn',
      'preview.desktop_creator',
      'preview.gap',
      'preview.kept',
      'entries.misspelt',
    ]);
    expect(notes[4]?.message).toMatch(/^TURN credentials end after \d+ minutes/);
    expect(notes[6]?.message).toContain('[proxy_3]');
    const french = await preview({ 'accept-language': 'fr' });
    expect(french.notes[2]?.message).toContain('n’est pas activé');
  });

  it('drops notes that no longer hold', async () => {
    const { domain } = test.space;
    await setSpaceDoors(test.platform, domain, { provisioningHeaderRequired: false });
    expect(await codes()).not.toContain('preview.door_closed');
    await test.phone(`/provisioning/${await test.newToken()}`);
    expect(await codes()).not.toContain('preview.not_activated');
  });

  it('warns of missing and of MD5 passwords', async () => {
    await test.platform.db
      .updateTable('passwords')
      .set({ algorithm: 'MD5', password: 'a'.repeat(32) })
      .execute();
    expect(await codes()).toContain('preview.md5');
    await test.platform.db.deleteFrom('passwords').execute();
    expect(await codes()).toContain('preview.no_password');
  });

  it.each([
    ['reg_proxy=', 'preview.no_account'],
    ['reg_identity=', 'preview.no_account'],
    ['reg_identity=<sip:desk@sip.example.com>', 'preview.own_identity'],
  ])('warns of entries of the space that no phone registers with: %s', async (entry, code) => {
    expect(await codes()).not.toContain(code);
    await test.platform.db
      .updateTable('spaces')
      .set({ custom_provisioning_entries: `[proxy_0]\n${entry}` })
      .execute();
    expect(await codes()).toContain(code);
  });

  it('is for administrators of the space', async () => {
    const url = `/api/accounts/${test.ann.id}/provisioning/preview`;
    expect((await test.request({ url })).statusCode).toBe(401);
    expect((await test.request({ url, key: test.key })).statusCode).toBe(403);
    const unknown = '/api/accounts/9999/provisioning/preview';
    expect((await test.request({ url: unknown, key: admin })).statusCode).toBe(404);
  });
});
