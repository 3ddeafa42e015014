import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Linphonerc,
  type LinphonercItem,
  isWritableKey,
  isWritableSectionName,
} from './linphonerc.ts';
import { type LinphonercSource, parseLinphonerc } from './parse-linphonerc.ts';
import { serializeLinphonerc } from './serialize-linphonerc.ts';

/** A short form: `[name p=v] k=v | # comment`. */
function stored(lines: readonly string[], options?: LinphonercSource): string[] {
  return parseLinphonerc(lines.join('\n'), options).sections.map(({ name, params, items }) => {
    const head = [name, ...params.map(([key, value]) => `${key}=${value}`)].join(' ');
    const body = items.map((item) =>
      item.kind === 'entry' ? `${item.key}=${item.value}` : item.text,
    );
    return `[${head}] ${body.join(' | ')}`.trimEnd();
  });
}

describe('parseLinphonerc', () => {
  it.each<[what: string, lines: string[], sections: string[]]>([
    [
      'continues the first section of a repeated header, the last value wins',
      ['[a]', 'k=v', '[b]', 'k=1', '[a]', 'k=w', 'z=1'],
      ['[a] k=w | z=1', '[b] k=1'],
    ],
    ['keeps blanks before a value and drops those after it', ['[ a ]', 'k = v '], ['[a] k= v']],
    ['keeps the section on an empty header', ['[a]', 'k=1', '[]', 'k=2'], ['[a] k=2']],
    ['keeps the section on a blank header', ['[a]', 'k=1', '[  ]', 'k=2'], ['[a] k=2']],
    ['accepts spaces before a header, not a TAB', ['  [b]', 'k=1', '\t[c]', 'k=2'], ['[b] k=2']],
    ['drops a key that would be written as a header', ['[a]', '\t[k=1]', 'z=1'], ['[a] z=1']],
    ['takes a key with brackets', ['[a]', 'k[0]=z'], ['[a] k[0]=z']],
    ['ignores what follows a header', ['[e]]', '[d] x=1'], ['[e]', '[d]']],
    ['takes brackets and = in a section name', ['[f[g]', '[z=1]'], ['[f[g]', '[z=1]']],
    ['ignores a header without an end', ['[a]', '[b', 'k=1', '[c=2'], ['[a] k=1']],
    ['reads header parameters', ['[a x=1 y=b=c]'], ['[a x=1 y=b=c]']],
    ['tolerates blanks around = of a parameter', ['[a x = 1]'], ['[a x=1]']],
    ['stops at a parameter without a value', ['[a x=1 y z=2]', '[b x=]'], ['[a x=1]', '[b]']],
    ['appends the parameters of a repeated header', ['[a x=1]', '[a x=2]'], ['[a x=1 x=2]']],
    ['has no inline comments', ['[a]', 'x=0 #note'], ['[a] x=0 #note']],
    ['keeps comments verbatim', ['[a]', '  # one ', 'k=v', '#two'], ['[a]   # one  | k=v | #two']],
    ['moves a repeated comment to the end', ['[a]', '#c', 'k=v', '#c'], ['[a] k=v | #c']],
    ['drops what comes before the first section', ['#c', 'k=v', '[a]'], ['[a]']],
    ['takes ; and // as ordinary keys', ['[a]', ';k=v', '//x=y'], ['[a] ;k=v | //x=y']],
    ['takes the first word as key', ['[a]', '\t a b=c'], ['[a] a=c']],
    ['ignores a line without a key or without =', ['[a]', '=z', 'word', ' = z'], ['[a]']],
    ['takes quotes, backslashes and = literally', ['[a]', 'k="q"\\n=['], ['[a] k="q"\\n=[']],
    ['keeps a TAB at the end of a value', ['[a]', 'k=v\t', 'z=1'], ['[a] k=v\t | z=1']],
    ['ignores an empty value, an earlier one stays', ['[a]', 'k=1', 'k=', 'k=   '], ['[a] k=1']],
    ['keeps the position of a repeated key', ['[a]', 'k=1', 'z=2', 'k=3'], ['[a] k=3 | z=2']],
    ['skips a byte order mark', ['\uFEFF[a]', 'k=1'], ['[a] k=1']],
  ])('%s', (_what, lines, sections) => {
    expect(stored(lines)).toEqual(sections);
  });

  it('ends a line at CR, LF or both in a file, at LF only in a buffer', () => {
    expect(stored(['[s]\rk=v\r\nk2=w\r'])).toEqual(['[s] k=v | k2=w']);
    expect(stored(['[s]\r', 'k=v\rk2=w'], { source: 'buffer' })).toEqual(['[s] k=v']);
  });

  it('provisioning-client 36: a buffer with blank and CRLF lines and no final newline parses', () => {
    const lines = ['', '\r', '[a]\r', '\r', '', 'k=v\r', '', '', '[b]\r', 'z=1'];
    expect(stored(lines, { source: 'buffer' })).toEqual(['[a] k=v', '[b] z=1']);
  });

  it('cuts long lines as liblinphone does, when asked to', () => {
    const limit = { maxLineBytes: 8 };
    expect(stored(['[a]', 'k=123456z=9'], limit)).toEqual(['[a] k=123456 | z=9']);
    expect(stored(['[a]', 'k=éééz=é'], limit)).toEqual(['[a] k=ééé | z=é']);
    expect(stored(['[a]', 'k=12345678'])).toEqual(['[a] k=12345678']);
  });

  it('gives a configuration for any text', () => {
    const soup = fc
      .array(fc.constantFrom('[', ']', '=', '#', ' ', '\t', '\r', '\n', 'a', 'b', '\uFEFF'))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(soup, fc.string({ unit: 'binary' })), (text) => {
        const parsed = parseLinphonerc(text);
        // What could be read can be written and read again.
        expect(parseLinphonerc(serializeLinphonerc(parsed))).toEqual(parsed);
      }),
    );
  });
});

it('takes only the blanks of ASCII for blanks: a no-break space is part of a name', () => {
  expect(stored(['[a\u00A0b]', '\u00A0k\u2003l=v', '[a]', 'x=1'])).toEqual([
    '[a\u00A0b] \u00A0k\u2003l=v',
    '[a] x=1',
  ]);
});

describe('serializeLinphonerc', () => {
  it('writes sections in order, each followed by an empty line', () => {
    const text = serializeLinphonerc({
      sections: [
        {
          name: 'a',
          params: [
            ['x', '1'],
            ['y', ''],
          ],
          items: [
            { kind: 'comment', text: '# c' },
            { kind: 'entry', key: 'k', value: 'v' },
            { kind: 'entry', key: 'empty', value: '' },
          ],
        },
        { name: 'b', params: [], items: [] },
      ],
    });
    expect(text).toBe('[a x=1]\n# c\nk=v\n\n[b]\n\n');
  });

  it('is read back as it was', () => {
    const oneLine = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\r\n]/g, ''));
    const name = oneLine.filter(isWritableSectionName);
    const key = oneLine.filter(isWritableKey);
    const value = oneLine.map((text) => text.trimEnd()).filter((text) => text !== '');
    const item: fc.Arbitrary<LinphonercItem> = fc.oneof(
      fc.record({ kind: fc.constant('entry' as const), key, value }),
      fc.record({ kind: fc.constant('comment' as const), text: oneLine.map((t) => `#${t}`) }),
    );
    const config: fc.Arbitrary<Linphonerc> = fc.record({
      sections: fc.uniqueArray(
        fc.record({
          name,
          params: fc.array(fc.tuple(fc.constantFrom('p', 'q'), fc.constantFrom('1', 'a=b'))),
          items: fc.uniqueArray(item, {
            selector: (one) => (one.kind === 'entry' ? one.key : one.text),
          }),
        }),
        { selector: (section) => section.name, maxLength: 5 },
      ),
    });
    fc.assert(
      fc.property(config, (original) => {
        expect(parseLinphonerc(serializeLinphonerc(original))).toEqual(original);
      }),
    );
  });
});
