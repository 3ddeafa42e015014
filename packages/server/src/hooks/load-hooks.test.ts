import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { StartError } from '../errors/start-error.ts';
import {
  buildProvisioningTest,
  entriesOf,
  type ProvisioningTest,
} from '../provisioning/testing/provisioning-test.ts';
import { loadHooks } from './load-hooks.ts';

const folder = mkdtempSync(join(tmpdir(), 'dialtone-hooks-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function moduleOf(name: string, code: string): string {
  const file = join(folder, name);
  writeFileSync(file, code);
  return file;
}

describe('the hooks module', () => {
  it('is not needed', async () => {
    expect(await loadHooks(undefined)).toEqual({});
  });

  it.each([
    ['hooks.mjs', 'export const hooks = { provisioning: { proxy() {} } };'],
    ['default.mjs', 'export default { provisioning: { proxy() {} }, account: {} };'],
    [
      'typed.mts',
      'export const hooks: object = { provisioning: { async proxy(): Promise<void> {} } };',
    ],
  ])('may be %s', async (name, code) => {
    const { provisioning } = await loadHooks(moduleOf(name, code));
    expect(provisioning?.proxy).toBeTypeOf('function');
  });

  it.each([
    ['nothing.mjs', 'export const other = 1;', 'exports neither `hooks` nor a default'],
    ['number.mjs', 'export const hooks = 1;', 'expected object'],
    ['typo.mjs', 'export const hooks = { provisioning: { prox() {} } };', '"prox"'],
    ['value.mjs', 'export const hooks = { account: { created: 1 } };', 'must be a function'],
    ['broken.mjs', 'export const hooks = {', 'broken.mjs'],
    ['throws.mjs', 'throw new Error("no licence")', 'no licence'],
  ])('stops the start when it is %s', async (name, code, reason) => {
    const error = await loadHooks(moduleOf(name, code)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StartError);
    expect(error).toMatchObject({ code: 'hooks-unusable' });
    expect(String(error)).toContain(reason);
    expect(String(error)).toContain('DIALTONE_PROVISIONING_HOOKS');
  });

  it('stops the start when there is none', async () => {
    await expect(loadHooks(join(folder, 'missing.mjs'))).rejects.toThrow(StartError);
  });
});

describe('docs/examples/provisioning-hooks.ts', () => {
  const example = join(import.meta.dirname, '../../../../docs/examples/provisioning-hooks.ts');

  async function withExample(check: (test: ProvisioningTest) => Promise<void>): Promise<void> {
    const { provisioning, account } = await loadHooks(example);
    const info = vi.spyOn(console, 'info').mockImplementation(() => {});
    const test = await buildProvisioningTest({
      platform: { provisioningHooks: provisioning, accountHooks: account },
    });
    try {
      expect(info).toHaveBeenCalledWith('new account ann@sip.example.com');
      await check(test);
    } finally {
      info.mockRestore();
      await test.close();
    }
  }

  it('turns a query parameter into an entry, and adds sections', () =>
    withExample(async (test) => {
      const token = await test.newToken();
      expect(entriesOf(await test.phone(`/provisioning/${token}?expires=600`))).toMatchObject({
        'proxy_0/reg_expires': '600',
        'app/default_domain': 'sip.example.com',
        'ui/theme_main_color': 'blue',
      });
      const open = entriesOf(await test.phone('/provisioning?expires=1'));
      expect(open).toMatchObject({ 'app/default_domain': 'sip.example.com' });
      expect(open['proxy_0/reg_expires']).toBeUndefined();
    }));
});
