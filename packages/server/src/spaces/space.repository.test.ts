import { systemClock } from '@dialtone/sip';
import { expect, it } from 'vitest';
import { describeEachEngine } from '../testing/each-engine.ts';
import { selectSpaceByHost } from './space.repository.ts';
import { createSpace } from './space.service.ts';

describeEachEngine('the space of a host', (open) => {
  it('is as each of its tables says now, whatever was written elsewhere', async () => {
    const { db } = await open();
    const host = 'sip.example.com';
    const platform = { db, clock: systemClock };
    const { id } = await createSpace(platform, { domain: host, host, name: 'Example' });
    const changes = {
      name: db.updateTable('spaces').set({ name: 'Renamed' }),
      digest: db
        .updateTable('space_digest_authentication_configurations')
        .set({ realm: 'changed' }),
      oidc: db
        .insertInto('space_oidc_authentication_configurations')
        .values({ space_id: id, server_url: 'https://id.example.com', realm: 'r' }),
      doors: db
        .insertInto('dialtone_space_doors')
        .values({ space_id: id, provisioning_header_required: 1, xmlrpc: 0 }),
    } as const;
    for (const [part, change] of Object.entries(changes)) {
      const before = await selectSpaceByHost(db, host);
      const tombstone = { username: part, domain: host, created_at: '2026-01-01 00:00:00' };
      await db.insertInto('accounts_tombstones').values(tombstone).execute();
      expect(await selectSpaceByHost(db, host)).toEqual(before);
      await change.execute();
      const after = await selectSpaceByHost(db, host);
      expect(after).toEqual({ ...before, [part]: expect.anything() });
      expect(after).not.toEqual(before);
    }
  });
});
