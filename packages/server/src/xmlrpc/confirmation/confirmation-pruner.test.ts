import { afterEach, beforeEach, expect, it } from 'vitest';
import { buildXmlRpcTest, domain, ha1, type XmlRpcTest } from '../testing/xmlrpc-test.ts';
import { confirmationPruner } from './confirmation-pruner.ts';

let test: XmlRpcTest;
beforeEach(async () => {
  test = await buildXmlRpcTest();
});
afterEach(() => test.close());

const count = async (table: 'dialtone_confirmation_keys' | 'dialtone_sms_quotas') =>
  (await test.platform.db.selectFrom(table).selectAll().execute()).length;

it('old keys and SMS counts go, an hour after the start and every hour', async () => {
  const phone = '+33612345678';
  const args = [phone, 'alice', ha1('alice', 'secret'), 'Phone/1.0', domain];
  await test.rpc('create_phone_account', ...args);
  const pruner = confirmationPruner(test.platform);
  await pruner.start();
  test.clock.advance(2 * 3_600_000);
  await pruner.stop();
  expect(await count('dialtone_confirmation_keys')).toBe(1);
  expect(await count('dialtone_sms_quotas')).toBe(1);

  await pruner.start();
  test.clock.advance(2 * 86_400_000);
  await pruner.stop();
  expect(await count('dialtone_confirmation_keys')).toBe(1);
  expect(await count('dialtone_sms_quotas')).toBe(0);

  await pruner.start();
  test.clock.advance(31 * 86_400_000);
  await pruner.stop();
  expect(await count('dialtone_confirmation_keys')).toBe(0);
});
