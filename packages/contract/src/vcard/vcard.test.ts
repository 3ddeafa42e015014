import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseContentLine } from './content-line.ts';
import { parseVcard, serializeVcard, splitVcards, type VcardContent } from './parse-vcards.ts';
import {
  escapeVcardText,
  joinVcardComponents,
  splitVcardComponents,
  unescapeVcardText,
} from './text-value.ts';
import { VCARD_ERRORS, VcardError } from './vcard-error.ts';

const card = (...lines: string[]): string =>
  ['BEGIN:VCARD', 'VERSION:4.0', ...lines, 'END:VCARD'].join('\n');

function outcomeOf(text: string): string {
  try {
    parseVcard(text, { maxLength: 10_000, maxProperties: 50 });
    return 'read';
  } catch (error) {
    if (error instanceof VcardError) return error.code;
    throw error;
  }
}

describe('parseVcard', () => {
  it('reads names, groups and parameters, and leaves values as they are', () => {
    const { version, properties } = parseVcard(
      card('FN:Bob\\; the\\, Builder', 'item1.TEL;TYPE="voice,home";VALUE=uri:tel:+33', ''),
    );
    expect(version).toBe('4.0');
    expect(properties).toMatchObject([
      { name: 'fn', params: {}, type: 'unknown', value: 'Bob\\; the\\, Builder' },
      {
        name: 'tel',
        params: { type: ['voice', 'home'], group: 'item1' },
        type: 'uri',
        value: 'tel:+33',
      },
    ]);
  });

  it('puts folded lines together, whatever ends them', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const text = ['BEGIN:VCARD', 'VERSION:3.0', 'FN:Al', ' ice', '\t!', 'END:VCARD', ''].join(
        end,
      );
      expect(parseVcard(text).properties.map(({ value }) => value)).toEqual(['Alice!']);
    }
  });

  it.each([
    ['vcard-malformed', ''],
    ['vcard-malformed', 'hello'],
    ['vcard-malformed', 'BEGIN:VCARD\nVERSION:4.0\nFN:a'],
    ['vcard-malformed', 'BEGIN:VCALENDAR\nVERSION:4.0\nEND:VCALENDAR'],
    ['vcard-malformed', card('FN')],
    ['vcard-malformed', card(':x')],
    ['vcard-malformed', card('FN;TYPE="a:b')],
    ['vcard-malformed', card(card('FN:a'))],
    ['vcard-version', 'BEGIN:VCARD\nVERSION:2.1\nFN:a\nEND:VCARD'],
    ['vcard-version', 'BEGIN:VCARD\nFN:a\nEND:VCARD'],
  ])('refuses with %s %j', (code, text) => {
    expect(outcomeOf(text)).toBe(code);
    expect(VCARD_ERRORS).toHaveProperty(code);
  });

  it('refuses cards over its limits', () => {
    expect(outcomeOf(card(`FN:${'a'.repeat(10_000)}`))).toBe('vcard-too-large');
    expect(outcomeOf(card(...Array.from({ length: 60 }, () => 'NOTE:a')))).toBe('vcard-too-large');
  });

  it('answers any text with a card or a VcardError', () => {
    const piece = fc.oneof(
      fc.constantFrom('BEGIN:VCARD\n', 'VERSION:4.0\n', 'END:VCARD\n', 'FN', ';', ':', '"', '\n '),
      fc.constantFrom('=', ',', '^n', '__proto__', 'constructor', 'VALUE=', '.', '\\', '\0'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        expect(outcomeOf(`BEGIN:VCARD\nVERSION:4.0\n${pieces.join('')}\nEND:VCARD`)).toMatch(
          /^(read|vcard-(malformed|too-large|version))$/,
        );
        expect(outcomeOf(pieces.join(''))).toMatch(/^(read|vcard-)/);
      }),
    );
  });

  it('reads what it wrote', () => {
    const name = fc
      .stringMatching(/^[a-z][a-z0-9-]{0,20}$/)
      .filter((text) => !['begin', 'end', 'version'].includes(text));
    const value = fc.string({ unit: 'grapheme', maxLength: 300 }).map(escapeVcardText);
    const property = fc.record({
      name,
      params: fc.oneof(
        fc.constant({}),
        fc.record({
          type: fc.constantFrom('work', 'a;b', 'a:b', 'x y'),
          group: fc.constant('item1'),
        }),
      ),
      type: fc.constantFrom('unknown', 'uri', 'text'),
      value,
    });
    const content: fc.Arbitrary<VcardContent> = fc.record({
      version: fc.constantFrom('3.0', '4.0'),
      properties: fc.array(property, { maxLength: 8 }),
    });
    fc.assert(
      fc.property(content, (original) => {
        const text = serializeVcard(original);
        const { version, properties } = parseVcard(text);
        expect(version).toBe(original.version);
        expect(properties).toMatchObject(original.properties);
        expect(serializeVcard({ version, properties })).toBe(text);
        for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThan(76);
      }),
    );
  });

  it('takes time in proportion to the length of hostile lines', () => {
    for (const line of ['FN;A="', 'N:;;;;;;', 'FN;A=b', 'FN:\\n\\n', 'FN;A=^^', 'TEL;TYPE=a,b,c']) {
      const startedAt = performance.now();
      outcomeOf(card(line.repeat(1500)));
      expect(performance.now() - startedAt).toBeLessThan(1000);
    }
  });
});

describe('splitVcards', () => {
  it('finds the cards of a file', () => {
    const text = `\uFEFF${card('FN:a')}\n\n${card('FN:b').replaceAll('\n', '\r\n')}\r\nnoise\nbegin:vcard \nFN:c\nend:vcard`;
    const texts = [...splitVcards(text.replace(/^\uFEFF/, ''))];
    expect(texts.map((each) => /FN:(.)/.exec(each)?.[1])).toEqual(['a', 'b', 'c']);
    expect(texts.slice(0, 2).map(outcomeOf)).toEqual(['read', 'read']);
  });

  it('cuts a card that does not end where the next begins', () => {
    const texts = [
      ...splitVcards(`BEGIN:VCARD\nVERSION:4.0\nFN:a\n${card('FN:b')}\nBEGIN:VCARD\nFN:c`),
    ];
    expect(texts.map(outcomeOf)).toEqual(['vcard-malformed', 'read', 'vcard-malformed']);
  });

  it('finds none in other texts', () => {
    expect([...splitVcards('<html>BEGIN:VCARD</html>')]).toEqual([]);
    expect([...splitVcards('')]).toEqual([]);
  });
});

describe('text values', () => {
  it('are unescaped as they were escaped, control characters left out', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const clean = text.replace(/\r\n?/g, '\n').replace(/(?![\t\n])\p{Cc}/gu, '');
        expect(unescapeVcardText(escapeVcardText(text))).toBe(clean);
      }),
    );
  });

  it('of several components are split where they were joined', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('\\', ';', ',', 'n', 'a') }), { minLength: 1 }),
        (parts) => {
          expect(splitVcardComponents(joinVcardComponents(parts))).toEqual(parts);
        },
      ),
    );
  });

  it('are what phones write', () => {
    expect(unescapeVcardText('a\\, b\\; c\\N\\\\d\\e')).toBe('a, b; c\n\\d\\e');
    expect(splitVcardComponents('Doe;John\\;;')).toEqual(['Doe', 'John;', '']);
    expect(parseContentLine('PHOTO:data:image/png;base64,AAAA').value).toBe(
      'data:image/png;base64,AAAA',
    );
  });
});
