import { describe, expect, it } from 'vitest';
import { decodeXml } from './decode-xml.ts';

describe('decodeXml', () => {
  it('takes UTF-8 unless told otherwise and removes its byte order mark', () => {
    expect(decodeXml(Buffer.from('<a>é</a>'))).toBe('<a>é</a>');
    expect(decodeXml(Buffer.from('\uFEFF<a/>'))).toBe('<a/>');
  });

  it('follows the encoding of the XML declaration', () => {
    const text = '<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>';
    expect(decodeXml(Buffer.from(text, 'latin1'))).toBe(text);
  });

  it('follows a UTF-16 byte order mark', () => {
    expect(decodeXml(Buffer.from('\uFEFF<a/>', 'utf16le'))).toBe('<a/>');
  });

  it('refuses invalid bytes and unknown encodings', () => {
    expect(() => decodeXml(Buffer.from([0x3c, 0xff, 0xfe]))).toThrow('not valid utf-8');
    expect(() => decodeXml(Buffer.from('<?xml version="1.0" encoding="x-9"?><a/>'))).toThrow('x-9');
  });
});
