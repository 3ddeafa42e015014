import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCustomEntries } from './custom-entries.ts';

const valuesOf = (text: string) =>
  parseCustomEntries(text).sections.map(({ name, entries }) => ({
    name,
    entries: Object.fromEntries(entries.map((entry) => [entry.name, entry.value])),
  }));

describe('the provisioning text of a space', () => {
  it('is sections of keys and values, in file order', () => {
    const text =
      '; comment\n# comment\n[b]\nx=1\n\n[ a ]\ny = two words ; comment\r\n[b]\nz="a;b"\nx=3';
    expect(valuesOf(text)).toEqual([
      { name: 'b', entries: { x: '3', z: 'a;b' } },
      { name: 'a', entries: { y: 'two words' } },
    ]);
    expect(parseCustomEntries(text).faults).toEqual([]);
  });

  it.each([
    ['yes', '1'],
    ['On', '1'],
    ['true', '1'],
    ['no', '0'],
    ['off', '0'],
    ['none', 'none'],
    ['', ''],
    ['; only a comment', ''],
    ['"yes"', 'yes'],
    ['"yes" ; comment', 'yes'],
    [`'a"b'`, 'a"b'],
    ['"a\\"b"', 'a"b'],
    ['a=b', 'a=b'],
    ['constructor', 'constructor'],
    ['<sip:sip.example.org;transport=tls>', '<sip:sip.example.org;transport=tls>'],
    ['"Ann" <sip:ann@example.org>', '"Ann" <sip:ann@example.org>'],
    ['https://h/?a=1&b=2', 'https://h/?a=1&b=2'],
    ['"https://h/?a=1&amp;b=&lt;2&gt;"', 'https://h/?a=1&b=<2>'],
    ['&amp;lt;', '&lt;'],
  ])('reads the value %s as %j', (written, value) => {
    expect(valuesOf(`[s]\nk=${written}`)).toEqual([{ name: 's', entries: { k: value } }]);
  });

  it.each([
    ['k=v', 'entries.no_section', 1],
    ['[s]\nnonsense', 'entries.not_an_entry', 2],
    ['[s]\na b=c', 'entries.key_name', 2],
    ['[s]\n=c', 'entries.key_name', 2],
    ['[]\nk=v', 'entries.section_name', 1],
    ['[a b]', 'entries.section_name', 1],
    ['[s]\n\nk="${HOME}"', 'entries.variable', 3],
    ['[s]\nk=\u0001', 'entries.character', 2],
    ['[s]\nk=\ud800', 'entries.character', 2],
  ])('in %j has the fault %s in line %i', (text, key, line) => {
    expect(parseCustomEntries(text).faults[0]).toMatchObject({ key, params: { line } });
  });

  it('keeps what is right beside what is wrong, but nothing under a broken header', () => {
    expect(valuesOf('x=1\n[s]\nnonsense\ny=2\n[]\nz=3')).toEqual([
      { name: 's', entries: { y: '2' } },
    ]);
  });

  it('is read whatever it is', () => {
    const text = fc.string({ unit: fc.constantFrom(...'[]=;"\\\n a1&$\u0000\ud800é') });
    fc.assert(
      fc.property(text, (written) => {
        const { sections, faults } = parseCustomEntries(written);
        expect(Array.isArray(sections) && Array.isArray(faults)).toBe(true);
      }),
    );
  });
});

it('takes long lines in time that grows with their length', () => {
  for (const part of [' ', '\t', '${', '\\"', ';']) {
    const { user } = process.cpuUsage();
    const text = `[a]\nb=x${part.repeat(65_000 / part.length)}y`;
    expect(parseCustomEntries(text).sections).toHaveLength(1);
    expect(process.cpuUsage().user - user).toBeLessThan(500_000);
  }
});
