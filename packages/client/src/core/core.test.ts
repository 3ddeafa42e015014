import { expect, it } from 'vitest';
import { accept, challenge } from '@dialtone/sip/testing';
import { AuthInfo } from '../auth-info/auth-info.ts';
import { coreFixture } from './testing/core-fixture.ts';

it('registration 19: registers with Ok once, unregisters when the core stops', async () => {
  const f = await coreFixture();
  await f.addConfig();
  expect(f.counts()).toMatchObject({ Ok: 1, None: 0, Progress: 1, Failed: 0 });
  expect(f.asked).toEqual([]);
  await f.stop();
  expect(f.counts()).toMatchObject({ Cleared: 1, None: 0 });
});
