import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { provisioningKeys, serializeProvisioningXml } from '@dialtone/contract';
import { ConfiguringState } from '../provisioning/configuring-state.ts';
import { GlobalState } from './global-state.ts';
import { coreFixture, type CoreFixture } from './testing/core-fixture.ts';

const { Successful } = ConfiguringState;

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'dialtone-fuzz-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Keys that Linphone knows, but for the address to fetch from: these tests stay at home. */
const keys = provisioningKeys
  .filter(({ key }) => key !== 'config-uri')
  .map(({ section, key }) => ({ section, key }));
const values = fc.oneof(
  fc.constantFrom('0', '1', '-1', '-2', '2147483648', '08', '0x', '90-10', 'f'.repeat(32)),
  fc.constantFrom(',', ';', '=', '%', '[', '"', 'a=b;c;=d', 'stun,ice', 'token 1', 'SHA-256'),
  fc.constantFrom('sip:', '<sip:@h>', 'sip:[::1]:0', 'sips:sip.example.org', 'nat_policy_0'),
  fc.constantFrom('"A" <sip:alice@sip.example.org;x=y>;z', 'sip:sip.example.org;transport=tcp'),
  fc.string({ maxLength: 30, unit: 'binary' }),
);
const entry = fc.tuple(fc.constantFrom(...keys), fc.nat(2), values).map(([known, n, value]) => ({
  section: known.section.replace(/N$/, String(n)),
  key: known.key,
  value,
}));
const account = fc.constantFrom('udp', 'tcp').map((transport) => [
  { section: 'proxy_0', key: 'reg_identity', value: 'sip:alice@sip.example.org' },
  { section: 'proxy_0', key: 'reg_proxy', value: `sip:sip.example.org;transport=${transport}` },
]);
const entries = fc
  .tuple(account, fc.array(entry, { maxLength: 30, size: 'max' }))
  .map(([first, rest]) => [...first, ...rest]);

interface Life {
  readonly wasOn: boolean;
  readonly timersLeft: number;
  /** As many accounts were read back as there were. */
  readonly accountsKept: boolean;
}

const WHOLE_LIFE: Life = { wasOn: true, timersLeft: 0, accountsKept: true };

/** Starts, lets time pass, stops. */
async function live(f: CoreFixture): Promise<Life> {
  await f.core.start();
  const wasOn = f.core.globalState === GlobalState.On;
  await f.advance(100_000);
  f.core.networkReachable = false;
  f.core.networkReachable = true;
  await f.advance(5000);
  const accounts = f.core.accountList.length;
  await f.stop();
  await f.advance(64_000);
  const accountsKept = f.core.accountList.length === accounts;
  return { wasOn, timersLeft: f.links.clock.pending, accountsKept };
}

it('a core lives with any configuration', async () => {
  const lines = entries.map((list) =>
    list.map(({ section, key, value }) => `[${section}]\n${key}=${value}\n`).join(''),
  );
  const anything = fc.oneof({ weight: 4, arbitrary: lines }, fc.string({ unit: 'binary' }));
  await fc.assert(
    fc.asyncProperty(anything, async (config) => {
      expect(await live(await coreFixture({ config, started: false }))).toEqual(WHOLE_LIFE);
    }),
    { numRuns: 100 },
  );
});

it('a core lives with any provisioning document', async () => {
  const document = fc.array(fc.tuple(entries, fc.boolean()), { maxLength: 3 }).map((parts) =>
    serializeProvisioningXml({
      sections: parts.flatMap(([list, overwrite]) =>
        list.map(({ section, key, value }) => ({
          name: section,
          entries: [{ name: key, value, overwrite }],
        })),
      ),
    }),
  );
  const cut = fc.tuple(document, fc.nat(2000)).map(([text, length]) => text.slice(0, length));
  const anything = fc.oneof({ weight: 4, arbitrary: document }, cut, fc.string({ unit: 'binary' }));
  const outcomes: string[] = [];
  await fc.assert(
    fc.asyncProperty(anything, async (text) => {
      const path = join(directory, 'document.xml');
      writeFileSync(path, text);
      const f = await coreFixture({ started: false });
      f.core.provisioning.uri = `file://${path}`;
      f.core.addListener({
        onConfiguringStatus: (_core, state, message) => outcomes.push(message ?? `state ${state}`),
      });
      expect(await live(f)).toEqual(WHOLE_LIFE);
    }),
    { numRuns: 100 },
  );
  expect(new Set(outcomes)).toEqual(new Set([`state ${Successful}`, 'invalid xml']));
});
