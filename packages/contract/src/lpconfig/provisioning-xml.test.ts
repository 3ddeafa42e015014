import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { XmlError } from '../xml/xml-error.ts';
import { parseProvisioningXml } from './parse-provisioning-xml.ts';
import type { ProvisioningDocument } from './provisioning-document.ts';
import { serializeProvisioningXml } from './serialize-provisioning-xml.ts';

function valueOf(entryXml: string): string | undefined {
  const xml = `<config><section name="s">${entryXml}</section></config>`;
  return parseProvisioningXml(xml).sections[0]?.entries[0]?.value;
}

function outcomeOf(xml: string): string {
  try {
    parseProvisioningXml(xml);
    return 'read';
  } catch (error) {
    if (error instanceof XmlError) return error.code;
    throw error;
  }
}

describe('parseProvisioningXml', () => {
  it('reads sections and entries with or without a namespace', () => {
    const body = '<section name="misc"><entry name="uri" overwrite="true">x</entry></section>';
    const expected = [{ name: 'misc', entries: [{ name: 'uri', value: 'x', overwrite: true }] }];
    expect(parseProvisioningXml(`<config>${body}</config>`).sections).toEqual(expected);
    expect(parseProvisioningXml(`<config xmlns="urn:any">${body}</config>`).sections).toEqual(
      expected,
    );
    expect(
      parseProvisioningXml(
        '<l:config xmlns:l="urn:l"><l:section l:name="misc"><l:entry l:name="uri" overwrite="true">x</l:entry></l:section></l:config>',
      ).sections,
    ).toEqual(expected);
  });

  it('applies nothing of a foreign root, and says so', () => {
    expect(parseProvisioningXml('<html><section name="a"/></html>')).toEqual({
      sections: [],
      notices: [{ code: 'foreign-root', context: 'html' }],
    });
  });

  it('takes overwrite only when it is exactly true', () => {
    const entries = ['true', '1', 'TRUE', ' true', 'false', '']
      .map((flag, index) => `<entry name="k${index}" overwrite="${flag}">v</entry>`)
      .join('');
    const [section] = parseProvisioningXml(
      `<config><section name="s">${entries}</section></config>`,
    ).sections;
    expect(section?.entries.map((entry) => entry.overwrite)).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  it('ignores sections and entries without a name, and says so', () => {
    const parsed = parseProvisioningXml(
      '<config><section/><section name=""/><section name="s"><entry>v</entry><entry name="">v</entry></section><other/></config>',
    );
    expect(parsed.sections).toEqual([{ name: 's', entries: [] }]);
    expect(parsed.notices.map((notice) => notice.code)).toEqual([
      'unnamed-section',
      'unnamed-section',
      'unnamed-entry',
      'unnamed-entry',
    ]);
  });

  it('takes all text of an entry, comments and elements left out', () => {
    expect(valueOf('<entry name="k">abc<!--c-->def</entry>')).toBe('abcdef');
    expect(valueOf('<entry name="k"><!--c-->v</entry>')).toBe('v');
    expect(valueOf('<entry name="k">x<![CDATA[a&b]]></entry>')).toBe('xa&b');
    expect(valueOf('<entry name="k"><b>no</b></entry>')).toBe('');
    expect(valueOf('<entry name="k"/>')).toBe('');
    expect(valueOf('<entry name="k">&lt;sip:a@b&gt; &amp; &#233;</entry>')).toBe('<sip:a@b> & é');
  });

  it('keeps blanks but trims line breaks around a value', () => {
    expect(valueOf('<entry name="k">\r\n v \n</entry>')).toBe(' v ');
  });

  it('takes the last of several namespaced attributes', () => {
    const xml =
      '<config xmlns:x="urn:x"><section name="a" x:name="b" xmlns:name="urn:n"/></config>';
    expect(parseProvisioningXml(xml).sections[0]?.name).toBe('b');
  });

  it('answers any text with a document or an XmlError', () => {
    const pieces = fc.constantFrom(
      '<config>',
      '</config>',
      '<section name="s">',
      '</section>',
      '<entry name="k">',
      '</entry>',
      '<!--',
      '-->',
      'v',
      '&',
    );
    fc.assert(
      fc.property(fc.array(pieces), (parts) => {
        expect(outcomeOf(parts.join(''))).toMatch(/^(read|xml-malformed)$/);
      }),
    );
  });
});

describe('serializeProvisioningXml', () => {
  it('writes the namespace, one text node an entry, and overwrite only where set', () => {
    const xml = serializeProvisioningXml({
      sections: [
        {
          name: 'proxy_0',
          entries: [
            { name: 'reg_identity', value: '"A & B" <sip:a@b>', overwrite: true },
            { name: 'reg_expires', value: '3600', overwrite: false },
          ],
        },
      ],
    });
    expect(xml).toContain('xmlns="http://www.linphone.org/xsds/lpconfig.xsd"');
    expect(xml).toContain(
      '<entry name="reg_identity" overwrite="true">"A &amp; B" &lt;sip:a@b&gt;</entry>',
    );
    expect(xml).toContain('<entry name="reg_expires">3600</entry>');
  });

  it('is read back as it was', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1 });
    const value = fc.string({ unit: 'grapheme' }).filter((text) => !/^[\r\n]|[\r\n]$/.test(text));
    const document: fc.Arbitrary<ProvisioningDocument> = fc.record({
      sections: fc.array(
        fc.record({
          name,
          entries: fc.array(fc.record({ name, value, overwrite: fc.boolean() }), { maxLength: 5 }),
        }),
        { maxLength: 5 },
      ),
    });
    fc.assert(
      fc.property(document, (original) => {
        const { sections, notices } = parseProvisioningXml(serializeProvisioningXml(original));
        expect(sections).toEqual(original.sections);
        expect(notices).toEqual([]);
      }),
    );
  });
});
