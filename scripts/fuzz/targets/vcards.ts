import { parseVcard, serializeVcard, splitVcards, VcardError } from '@dialtone/contract';
import { type FuzzTarget, require } from '../fuzz-target.ts';

const CARD = `BEGIN:VCARD\r
VERSION:4.0\r
FN:Bob\\, the Builder\r
N:Builder;Bob;;;\r
item1.TEL;TYPE="voice,home";VALUE=uri:tel:+33\r
IMPP;PREF=1:sip:bob@sip.example.org\r
PHOTO:data:image/png;base64,AAAA\r
 BBBB\r
X-LINPHONE-ACCOUNT-ACTION:open;12\r
END:VCARD\r
`;

/** Contacts lists; a card that was read is written so that it reads the same. */
export const vcards: FuzzTarget = {
  name: 'vcards',
  seeds: [CARD, CARD.replaceAll('\r', ''), CARD + CARD.replace('4.0', '3.0')].map((text) =>
    Buffer.from(text),
  ),
  dictionary: ['BEGIN:VCARD\n', 'END:VCARD\n', '\n ', ';A=', '"', '^n', "^'", '\\', ':', ';', ','],
  run(input) {
    for (const text of splitVcards(Buffer.from(input).toString())) {
      try {
        const card = parseVcard(text);
        const again = parseVcard(serializeVcard(card));
        require(JSON.stringify(again) === JSON.stringify(card), 'cards survive being written');
      } catch (error) {
        if (!(error instanceof VcardError)) throw error;
      }
    }
  },
};
