import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Address } from '../address/address.ts';
import { Vcard } from './vcard.ts';

const address = (text: string): Address => {
  const parsed = Address.parse(text);
  if (parsed === null) throw new Error(`not an address: ${text}`);
  return parsed;
};

const card = (...lines: string[]): Vcard =>
  Vcard.parse(['BEGIN:VCARD', 'VERSION:4.0', ...lines, 'END:VCARD'].join('\n'));

describe('a vCard', () => {
  it('says what it knows of a contact', () => {
    const vcard = card(
      'FN:Bob\\; the\\, Builder',
      'N:Builder;Bob;;;',
      'ORG:Works\\;hop;Yard',
      'TITLE:Boss',
      'UID:urn:uuid:1',
      'PHOTO:data:image/png;base64,AAAA',
      'IMPP:sip:bob@sip.example.org',
      'IMPP:xmpp:bob@example.org',
      'IMPP;PREF=1:SIPS:robert@sip.example.org;transport=tls',
      'IMPP:sip:sip.example.org',
      'X-SIP:bobby@sip.example.org',
      'TEL;VALUE=uri:tel:+33-1-23;ext=5',
      'item1.TEL;TYPE=cell:+33 6 12',
    );
    expect(vcard.fullName).toBe('Bob; the, Builder');
    expect([vcard.familyName, vcard.givenName]).toEqual(['Builder', 'Bob']);
    expect([vcard.organization, vcard.jobTitle]).toEqual(['Works;hop', 'Boss']);
    expect([vcard.uid, vcard.photo]).toEqual(['urn:uuid:1', 'data:image/png;base64,AAAA']);
    expect(vcard.sipAddresses.map(String)).toEqual([
      'sip:bob@sip.example.org',
      '<sips:robert@sip.example.org;transport=tls>',
      'sip:bobby@sip.example.org',
    ]);
    expect(vcard.phoneNumbers).toEqual(['+33-1-23', '+33 6 12']);
  });

  it('knows nothing when it is new', () => {
    const vcard = new Vcard();
    expect([vcard.fullName, vcard.familyName, vcard.organization, vcard.uid]).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect([vcard.sipAddresses, vcard.phoneNumbers]).toEqual([[], []]);
    expect(vcard.asString()).toBe('BEGIN:VCARD\r\nVERSION:4.0\r\nEND:VCARD\r\n');
  });

  it('replaces what is set, where it stood, and keeps everything else as it came', () => {
    const vcard = card(
      'X-FIRST;A=b:1\\;2',
      'FN:Bob',
      'N:Builder;Bob;Q.,R.;Dr.;',
      'BDAY:--0203',
      'PHOTO;ENCODING=b;TYPE=JPEG:AAAA',
    );
    vcard.fullName = 'Robert, Bob';
    vcard.familyName = 'B;uilder';
    vcard.jobTitle = 'Boss';
    vcard.organization = null;
    expect(vcard.asString().split('\r\n').slice(2, -2)).toEqual([
      'X-FIRST;A=b:1\\;2',
      'FN:Robert\\, Bob',
      'N:B\\;uilder;Bob;Q.\\,R.;Dr.;',
      'BDAY:--0203',
      'PHOTO;ENCODING=b;TYPE=JPEG:AAAA',
      'TITLE:Boss',
    ]);
    vcard.fullName = null;
    vcard.familyName = null;
    vcard.givenName = '';
    expect([vcard.fullName, vcard.familyName, vcard.givenName, vcard.photo]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it('takes addresses with a user part, each once, and lets them go', () => {
    const vcard = card('IMPP:sip:bob@sip.example.org', 'NOTE:x');
    expect(vcard.addSipAddress(address('"B" <sip:bob@sip.example.org;transport=tcp>'))).toBe(0);
    expect(vcard.addSipAddress(address('sip:sip.example.org'))).toBe(-1);
    expect(vcard.addSipAddress(address('sip:rob@sip.example.org'))).toBe(0);
    expect(vcard.setMainSipAddress(address('sip:sip.example.org'))).toBe(-1);
    expect(vcard.setMainSipAddress(address('sip:bobby@sip.example.org'))).toBe(0);
    const texts = () => vcard.sipAddresses.map(String);
    expect(texts()).toEqual(['sip:bobby@sip.example.org', 'sip:rob@sip.example.org']);
    vcard.setMainSipAddress(address('sip:rob@sip.example.org'));
    expect(texts()).toEqual(['sip:rob@sip.example.org']);
    vcard.removeSipAddress(address('sip:rob@sip.example.org'));
    expect(texts()).toEqual([]);
    vcard.setMainSipAddress(address('sip:new@sip.example.org'));
    expect(texts()).toEqual(['sip:new@sip.example.org']);
    expect(vcard.asString()).toContain('NOTE:x');
  });

  it('takes numbers, each once, and lets them go', () => {
    const vcard = card('TEL:tel:+331');
    vcard.addPhoneNumber('+331');
    vcard.addPhoneNumber(' +33 2 ');
    vcard.addPhoneNumber(' ');
    expect(vcard.phoneNumbers).toEqual(['+331', '+33 2']);
    vcard.removePhoneNumber('+331');
    expect(vcard.phoneNumbers).toEqual(['+33 2']);
  });

  it('keeps extended properties as they are written', () => {
    const vcard = card('X-LINPHONE-ACCOUNT-ACTION:open;12', 'FN:a');
    const read = (name: string) => vcard.getExtendedPropertiesValuesByName(name);
    expect(vcard.addExtendedProperty('x-linphone-account-action', 'light;13\nx')).toBe(0);
    expect(vcard.addExtendedProperty('FN', 'b')).toBe(-1);
    expect(vcard.addExtendedProperty('X-A:B', 'b')).toBe(-1);
    expect(read('X-Linphone-Account-Action')).toEqual(['open;12', 'light;13\\nx']);
    expect(Vcard.parse(vcard.asString()).asString()).toBe(vcard.asString());
    vcard.removeExtendedPropertiesByName('X-LINPHONE-ACCOUNT-ACTION');
    vcard.removeExtendedPropertiesByName('FN');
    expect([read('x-linphone-account-action'), vcard.fullName]).toEqual([[], 'a']);
  });

  it('reads whatever was set', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 120 });
    fc.assert(
      fc.property(text, text, text, (name, company, extended) => {
        const vcard = new Vcard();
        vcard.fullName = name;
        vcard.familyName = name;
        vcard.organization = company;
        vcard.addPhoneNumber(name);
        vcard.addExtendedProperty('X-TEST', extended);
        const again = Vcard.parse(vcard.asString());
        expect(again.fullName).toBe(vcard.fullName);
        expect(again.familyName).toBe(vcard.familyName);
        expect(again.organization).toBe(vcard.organization);
        expect(again.phoneNumbers).toEqual(vcard.phoneNumbers);
        expect(again.asString()).toBe(vcard.asString());
      }),
    );
  });

  it('tells of changes, and a clone goes its own way', () => {
    const vcard = card('FN:a');
    let changes = 0;
    vcard.onChanged = () => {
      changes += 1;
    };
    const clone = vcard.clone();
    clone.fullName = 'b';
    vcard.removePhoneNumber('1');
    expect([vcard.fullName, changes]).toEqual(['a', 0]);
    vcard.fullName = 'c';
    expect([clone.fullName, changes]).toEqual(['b', 1]);
  });
});
