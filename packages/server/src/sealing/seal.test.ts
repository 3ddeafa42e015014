import fc from 'fast-check';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readConfig } from '../config/env.ts';
import { loadAppKey } from './app-key.ts';
import { createSeal } from './seal.ts';

const seal = createSeal(Buffer.alloc(32, 1));
const schema = z.object({ text: z.string() });
const later = 1000;

describe('a sealed value', () => {
  it('opens to what was sealed, for its purpose and in its time', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 500 }), (text) => {
        const sealed = seal.seal('session', { text }, later);
        expect(seal.open('session', schema, sealed, later - 1)).toEqual({ text });
        expect(seal.open('session', schema, sealed, later)).toBeUndefined();
        expect(seal.open('recovery', schema, sealed, 0)).toBeUndefined();
        expect(seal.open('session', z.object({ n: z.number() }), sealed, 0)).toBeUndefined();
      }),
    );
  });

  it('is sealed by this key only, and unreadable', () => {
    const sealed = seal.seal('session', { text: 'secret' }, later);
    expect(createSeal(Buffer.alloc(32, 2)).open('session', schema, sealed, 0)).toBeUndefined();
    expect(Buffer.from(sealed, 'base64url').toString()).not.toContain('secret');
    expect(seal.seal('session', { text: 'secret' }, later)).not.toBe(sealed);
  });

  it('is nothing else: any other text does not open and does not throw', () => {
    const texts = fc.oneof(fc.string(), fc.base64String(), fc.constant('A'.repeat(10_000)));
    fc.assert(
      fc.property(texts, (text) => {
        expect(seal.open('session', schema, text, 0)).toBeUndefined();
      }),
    );
    expect(seal.open('session', schema, undefined, 0)).toBeUndefined();
  });
});

it('a tag vouches for one text and one purpose', () => {
  const tag = seal.tag('form', 'browser');
  expect(seal.isTag('form', 'browser', tag)).toBe(true);
  expect(seal.isTag('form', 'other', tag)).toBe(false);
  expect(seal.isTag('password-stamp', 'browser', tag)).toBe(false);
  expect(seal.isTag('form', 'browser', '')).toBe(false);
});

describe('the key', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'dialtone-key-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  const load = (environment: Record<string, string> = {}) =>
    loadAppKey(readConfig({ DIALTONE_DATA: join(directory, 'data'), ...environment }));

  it('is made once in the data directory, for this user only, by whoever is first', async () => {
    const keys = await Promise.all([load(), load(), load(), load()]);
    const file = join(directory, 'data', 'app.key');
    const kept = Buffer.from(await readFile(file, 'utf8'), 'base64');
    for (const key of [...keys, await load()]) expect(Buffer.from(key)).toEqual(kept);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(join(directory, 'data'))).mode & 0o777).toBe(0o700);
  });

  it('is APP_KEY when that is set, as FAM writes it or as any text', async () => {
    const base64 = Buffer.alloc(32, 7).toString('base64');
    const fam = await load({ APP_KEY: `base64:${base64}` });
    expect(fam).toHaveLength(32);
    expect(await load({ APP_KEY: `base64:${base64}` })).toEqual(fam);
    expect(await load({ APP_KEY: 'x'.repeat(32) })).not.toEqual(fam);
  });

  it('must have 32 bytes', () => {
    for (const key of ['short', 'base64:c2hvcnQ=']) {
      expect(() => readConfig({ APP_KEY: key })).toThrow('APP_KEY');
    }
  });

  it('is forgotten with a database in memory', async () => {
    const memory = { DIALTONE_DATABASE: 'sqlite::memory:' };
    expect(await load(memory)).not.toEqual(await load(memory));
    await expect(stat(join(directory, 'data'))).rejects.toThrow('ENOENT');
  });

  it('that is damaged, or cannot be kept, stops the start with a reason', async () => {
    await load();
    await writeFile(join(directory, 'data', 'app.key'), 'damaged');
    await expect(load()).rejects.toMatchObject({
      name: 'StartError',
      code: 'key-unusable',
      message: expect.stringContaining('Put that of a backup in its place'),
    });
    await writeFile(join(directory, 'file'), '');
    const nowhere = load({ DIALTONE_DATA: join(directory, 'file', 'data') });
    await expect(nowhere).rejects.toMatchObject({ code: 'key-unusable' });
  });
});
