import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCustomEntries } from './custom-entries.ts';

const entriesOf = (text: string) => {
  const result = parseCustomEntries(text);
  return result.ok ? result.sections : result.fault;
};

describe('custom provisioning entries', () => {
  it('are sections of keys and values, in file order', () => {
    const text = '; comment\n[b]\nx=1\n\n[a]\ny = two words ; comment\n[b]\nz="a;b"\nx=3';
    expect(entriesOf(text)).toEqual([
      {
        name: 'b',
        entries: [
          { name: 'x', value: '3' },
          { name: 'z', value: 'a;b' },
        ],
      },
      { name: 'a', entries: [{ name: 'y', value: 'two words' }] },
    ]);
  });

  it.each([
    ['yes', '1'],
    ['On', '1'],
    ['true', '1'],
    ['no', ''],
    ['off', ''],
    ['none', ''],
    ['', ''],
    ['"yes"', 'yes'],
    ["'a\"b'", 'a"b'],
    ['"a\\"b"', 'a"b'],
    ['constructor', 'constructor'],
  ])('read %s as %j', (written, value) => {
    expect(entriesOf(`[s]\nk=${written}`)).toEqual([
      { name: 's', entries: [{ name: 'k', value }] },
    ]);
  });

  it.each([
    ['k=v', 1],
    ['[s]\nnonsense', 2],
    ['[s]\nk=${HOME}', 2],
    ['[s]\nk=a&b', 2],
    ['[s]\nhide_settings=1', 2],
    ['[s]', undefined],
    ['', undefined],
  ])('refuse %j', (text, line) => {
    expect(entriesOf(text)).toMatchObject({ line });
  });

  it('never throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'[]=;"\\\n a1&$') }), (text) => {
        expect(typeof parseCustomEntries(text).ok).toBe('boolean');
      }),
    );
  });
});
