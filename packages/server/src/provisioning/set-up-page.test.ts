import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setSpaceDoors } from '../spaces/space.service.ts';
import { buildProvisioningTest, type ProvisioningTest } from './testing/provisioning-test.ts';

let test: ProvisioningTest;
beforeEach(async () => {
  test = await buildProvisioningTest();
});
afterEach(() => test.close());

describe('the URL of a token in a browser', () => {
  it('leads to Linphone and spends nothing, whatever the space says of the header', async () => {
    const headers = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
    const token = await test.newToken();
    const path = `/provisioning/${token}?room=1%262&reset_password`;
    for (const provisioningHeaderRequired of [true, false]) {
      await setSpaceDoors(test.platform, test.space.domain, { provisioningHeaderRequired });
      const page = await test.stranger(path, { headers });
      expect(page.statusCode).toBe(400);
      expect(page.body).toContain('<svg');
      expect(await test.isUnused(token)).toBe(true);
      const [, url = ''] = /linphone-config:([^"]+)"/.exec(page.body) ?? [];
      expect(url.replaceAll('&amp;', '&')).toBe(
        `http://sip.example.com/provisioning/${token}?reset_password=&room=1%262`,
      );
    }
    await test.newToken();
    const dead = await test.stranger(path, { headers });
    expect(dead.statusCode).toBe(404);
    expect(dead.body).not.toContain('linphone-config:');
  });

  it('is told what it is for when its parameters fit into no code', async () => {
    const url = `/provisioning/${await test.newToken()}?x=${'é'.repeat(300)}`;
    const page = await test.stranger(url, { headers: { accept: 'text/html' } });
    expect(page.statusCode).toBe(400);
    expect(page.body).toContain('This link is for a phone');
  });

  it('is a document for a phone that likes pages best', async () => {
    const headers = { accept: 'text/html' };
    const reply = await test.phone(`/provisioning/${await test.newToken()}`, { headers });
    expect(reply.headers['content-type']).toBe('application/xml');
  });
});
