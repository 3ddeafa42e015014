import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { childElements, textContent } from './element.ts';
import { type XmlLimits, parseXml } from './parse-xml.ts';
import { escapeXmlAttribute, escapeXmlText } from './write-xml.ts';
import { XmlError } from './xml-error.ts';

function codeOf(text: string, limits?: XmlLimits): string {
  try {
    parseXml(text, limits);
    return 'accepted';
  } catch (error) {
    if (error instanceof XmlError) return error.code;
    throw error;
  }
}

describe('parseXml', () => {
  it('gives names, attributes, children and text in document order', () => {
    const root = parseXml(
      '<?xml version="1.0"?><a x="1" y="2">t<b/>u<![CDATA[<v>]]><!--no-->w</a>',
    );
    expect(root.name).toBe('a');
    expect([...root.attributes]).toEqual([
      ['x', '1'],
      ['y', '2'],
    ]);
    expect(root.children).toHaveLength(3);
    expect(childElements(root).map((child) => child.name)).toEqual(['b']);
    expect(textContent(root)).toBe('tu<v>w');
  });

  it('decodes predefined entities and character references', () => {
    expect(textContent(parseXml('<a>&lt;&gt;&amp;&quot;&apos;&#65;&#x1F600;</a>'))).toBe(
      '<>&"\'A\u{1F600}',
    );
  });

  it('drops the prefix from a local name only where the prefix is bound', () => {
    const root = parseXml('<p:a xmlns:p="urn:p"><p:b xmlns:q="urn:q"/><q:c/></p:a>');
    expect(root.localName).toBe('a');
    expect(childElements(root).map((child) => child.localName)).toEqual(['b', 'q:c']);
  });

  it('refuses a document type declaration, harmless or not', () => {
    expect(codeOf('<!DOCTYPE a><a/>')).toBe('xml-doctype');
    expect(codeOf('<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>')).toBe('xml-doctype');
    expect(codeOf('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>')).toBe('xml-doctype');
  });

  it.each([
    ['nothing', ''],
    ['blanks only', ' \n'],
    ['plain text', 'not xml'],
    ['a bare ampersand', '<a>b & c</a>'],
    ['an undefined entity', '<a>&e;</a>'],
    ['a second root', '<a/><b/>'],
    ['trailing text', '<a/>x'],
    ['a duplicate attribute', '<a x="1" x="2"/>'],
    ['blanks before the declaration', ' <?xml version="1.0"?><a/>'],
    ['an unclosed element', '<a><b></a>'],
  ])('refuses %s as malformed', (_what, text) => {
    expect(codeOf(text)).toBe('xml-malformed');
  });

  it('keeps to its limits', () => {
    expect(codeOf('<a>12345</a>', { maxLength: 11 })).toBe('xml-too-large');
    expect(codeOf('<a><b><c/></b></a>', { maxDepth: 2 })).toBe('xml-too-deep');
    expect(codeOf('<a><b/><b/></a>', { maxNodes: 2 })).toBe('xml-too-many-nodes');
    expect(codeOf('<a><b><c/></b></a>', { maxDepth: 3, maxNodes: 3 })).toBe('accepted');
  });

  it('answers any text with a tree or an XmlError', () => {
    const soup = fc.array(
      fc.constantFrom(
        '<',
        '>',
        '/',
        'a',
        '&',
        ';',
        '"',
        '=',
        '!',
        '[',
        ']',
        '-',
        '?',
        ' ',
        '\u0000',
      ),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          soup.map((parts) => parts.join('')),
        ),
        (text) => {
          expect(codeOf(text)).toMatch(/^(accepted|xml-)/);
        },
      ),
    );
  });

  it('reads back what the escaping functions wrote', () => {
    const xmlText = fc.string({ unit: 'binary' }).map(onlyXmlCharacters);
    fc.assert(
      fc.property(xmlText, xmlText, (value, text) => {
        const root = parseXml(`<a v="${escapeXmlAttribute(value)}">${escapeXmlText(text)}</a>`);
        expect(root.attributes.get('v')).toBe(value);
        expect(textContent(root)).toBe(text);
      }),
    );
  });

  it('replaces characters no XML document can hold', () => {
    expect(escapeXmlText('a\u0000b\uD800c')).toBe('a\uFFFDb\uFFFDc');
  });
});

function onlyXmlCharacters(text: string): string {
  return text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '');
}
