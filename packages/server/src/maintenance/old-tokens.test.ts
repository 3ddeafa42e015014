import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRequestToken } from '../tokens/account-creation-request-token.ts';
import { createProvisioningToken } from '../tokens/provisioning-token.ts';
import { buildTestApp, type TestApp } from '../testing/build-test-app.ts';
import { describeEachEngine } from '../testing/each-engine.ts';
import { runJob } from './job.ts';
import { maintenanceJobs } from './jobs.ts';

describeEachEngine('old tokens', (open) => {
  let test: TestApp;
  const days = (count: number) => test.clock.advance(count * 86_400_000);
  const clear = (name: string, age: number) => {
    const job = maintenanceJobs.find((candidate) => candidate.name === name);
    if (job === undefined) throw new Error(`no job ${name}`);
    return runJob(test.platform, job, { age, apply: true });
  };

  beforeAll(async () => {
    test = await buildTestApp({ database: await open(), now: Date.UTC(2026, 5, 1) });
  });
  afterAll(() => test.close());

  it('clears request tokens that nobody exchanged', async () => {
    const { db } = test.platform;
    await createRequestToken(test.platform, {});
    const exchanged = await createRequestToken(test.platform, {});
    await db
      .updateTable('account_creation_request_tokens')
      .set({ used: 1 })
      .where('token', '=', exchanged)
      .execute();
    days(8);
    const fresh = await createRequestToken(test.platform, {});
    expect(await clear('clear-request-tokens', 7)).toMatchObject({ found: 1, removed: 1 });
    const left = await db.selectFrom('account_creation_request_tokens').select('token').execute();
    expect(left.map(({ token }) => token).toSorted()).toEqual([exchanged, fresh].toSorted());
  });

  it('clears provisioning tokens that a newer one has replaced, never the newest', async () => {
    const { db } = test.platform;
    const account = await test.createAccount({ username: 'john' });
    const before = await createProvisioningToken(test.platform, account.id);
    const newest = await createProvisioningToken(test.platform, account.id);
    const headers = { 'x-linphone-provisioning': '1' };
    const fetch = async ({ token }: { readonly token: string }) =>
      (await test.request({ url: `/provisioning/${token}`, headers })).statusCode;
    expect(await fetch(newest)).toBe(200);
    days(31);
    expect(await clear('clear-provisioning-tokens', 30)).toMatchObject({ found: 2, removed: 2 });
    const left = await db.selectFrom('provisioning_tokens').select(['token', 'used']).execute();
    expect(left).toEqual([{ token: newest.token, used: 1 }]);
    expect(await fetch(before)).toBe(404);
    const current = await createProvisioningToken(test.platform, account.id);
    expect(await clear('clear-provisioning-tokens', 30)).toMatchObject({ removed: 1 });
    expect(await fetch(current)).toBe(200);
  });
});
