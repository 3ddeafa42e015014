import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Space } from '../spaces/space.ts';
import { buildTestApp, type TestApp } from '../testing/build-test-app.ts';
import { enqueue } from './outbox.ts';
import { finishAttempt } from './outbox.repository.ts';

const url = '/api/outbox';
let test: TestApp;
let second: Space;
/** Keys of an administrator of the second space, and of one of the first, which is made super on demand. */
let key: string;
let otherKey: string;

beforeEach(async () => {
  test = await buildTestApp();
  second = await test.createSpace({ domain: 'second.example.com' });
  const keyIn = async (space: Space): Promise<string> =>
    test.createKey(await test.createAccount({ username: 'admin', admin: true }, space));
  [key, otherKey] = [await keyIn(test.space), await keyIn(second)];
});
afterEach(() => test.close());

const send = (to: string, { id: spaceId }: Space = test.space): Promise<number> =>
  enqueue(
    test.platform,
    { kind: 'email', to, subject: 'Your code', text: 'secret 1234' },
    { spaceId, expiresAt: test.clock.now() + 600_000 },
  );

const giveUp = (id: number): Promise<boolean> =>
  finishAttempt(
    test.platform.db,
    { id, attempt: 0 },
    { state: 'dead', error: 'SMTP 550' },
    '2026-01-01 00:00:00',
  );

async function recipients(query = '', as = key, host = test.space.host): Promise<string[]> {
  const reply = await test.request({ url: `${url}${query}`, key: as, headers: { host } });
  expect(reply.statusCode).toBe(200);
  return reply.json().map(({ recipient }: { recipient: string }) => recipient);
}

const retry = async (id: number, as = key, host = test.space.host): Promise<number> =>
  (await test.request({ method: 'POST', url: `${url}/${id}/retry`, key: as, headers: { host } }))
    .statusCode;

describe('the outbox', () => {
  it('shows an administrator what became of each message, not what it says', async () => {
    const id = await send('marie@example.org');
    const shown = await test.request({ url, key });
    expect(shown.json()).toEqual([
      {
        id,
        kind: 'email',
        recipient: 'marie@example.org',
        domain: 'sip.example.com',
        state: 'pending',
        attempts: 0,
        last_error: null,
        next_attempt_at: '2026-01-01T00:00:00.000000Z',
        expires_at: '2026-01-01T00:10:00.000000Z',
        sent_at: null,
        created_at: '2026-01-01T00:00:00.000000Z',
      },
    ]);
    expect(shown.body).not.toMatch(/secret|code/);
  });

  it('lists by state, newest first, page by page', async () => {
    const ids = [await send('a@example.org'), await send('b@example.org')];
    await giveUp(await send('c@example.org'));
    expect(await recipients()).toEqual(['c@example.org', 'b@example.org', 'a@example.org']);
    expect(await recipients('?state=dead')).toEqual(['c@example.org']);
    expect(await recipients(`?limit=1&before=${ids[1]}`)).toEqual(['a@example.org']);
    expect(await recipients('?state=&limit=')).toHaveLength(3);
    for (const query of ['?state=lost', '?limit=0', '?limit=1001', '?before=x']) {
      expect((await test.request({ url: `${url}${query}`, key })).statusCode).toBe(422);
    }
  });

  it('says why a message was given up, and tries it again when asked', async () => {
    const id = await send('a@example.org');
    expect(await retry(id)).toBe(404);
    await giveUp(id);
    const [dead] = (await test.request({ url, key })).json();
    expect(dead).toMatchObject({ state: 'dead', last_error: 'SMTP 550', next_attempt_at: null });
    expect(await retry(id)).toBe(200);
    const [revived] = (await test.request({ url, key })).json();
    expect(revived).toMatchObject({ state: 'pending', attempts: 0 });
  });

  it('shows each administrator its own space, and a super administrator all', async () => {
    await send('first@example.org');
    const dead = await send('second@example.org', second);
    await giveUp(dead);
    expect(await recipients('', otherKey, second.host)).toEqual(['second@example.org']);
    expect(await recipients()).toEqual(['first@example.org']);
    expect(await retry(dead)).toBe(404);
    await test.platform.db
      .updateTable('spaces')
      .set({ super: 1 })
      .where('id', '=', test.space.id)
      .execute();
    expect(await recipients()).toEqual(['second@example.org', 'first@example.org']);
    expect(await retry(dead)).toBe(200);
  });
});
