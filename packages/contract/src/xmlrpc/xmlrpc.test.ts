import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeMethodCall, decodeMethodResponse } from './decode.ts';
import { encodeFault, encodeMethodCall, encodeMethodResponse } from './encode.ts';
import { intValue, stringStruct, stringValue, structMember, textOf } from './value.ts';
import type { XmlRpcValue } from './value.ts';
import { faultCodeOf, XML_RPC_ERRORS, XmlRpcError } from './xml-rpc-error.ts';

const xmlText = fc
  .string({ unit: 'grapheme' })
  .map((text) => text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, ''));

const { value: xmlRpcValue } = fc.letrec<{ value: XmlRpcValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true, maxDepth: 6 },
    fc.record({ kind: fc.constant('string' as const), value: xmlText }),
    fc.record({ kind: fc.constant('text' as const), value: xmlText }),
    fc.record({ kind: fc.constant('int' as const), value: fc.integer() }),
    fc.record({
      kind: fc.constant('i8' as const),
      value: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    }),
    fc.record({ kind: fc.constant('boolean' as const), value: fc.boolean() }),
    fc.record({
      kind: fc.constant('double' as const),
      value: fc.double({ noNaN: true, noDefaultInfinity: true }),
    }),
    fc.record({
      kind: fc.constant('dateTime' as const),
      value: fc
        .date({ min: new Date(0), max: new Date('2999-12-31T23:59:59Z'), noInvalidDate: true })
        .map((date) => date.toISOString().slice(0, 19).replaceAll('-', '')),
    }),
    fc.record({ kind: fc.constant('base64' as const), value: fc.uint8Array() }),
    fc.constant({ kind: 'nil' as const }),
    fc.record({
      kind: fc.constant('array' as const),
      items: fc.array(tie('value'), { maxLength: 3 }),
    }),
    fc.record({
      kind: fc.constant('struct' as const),
      members: fc.array(fc.record({ name: xmlText, value: tie('value') }), { maxLength: 3 }),
    }),
  ),
}));

const methodName = fc.stringMatching(/^[A-Za-z0-9_.:/]{1,40}$/);

function callWith(param: string): string {
  return `<methodCall><methodName>m</methodName><params><param>${param}</param></params></methodCall>`;
}

function codeOf(action: () => unknown): string | undefined {
  try {
    action();
  } catch (error) {
    if (error instanceof XmlRpcError) return error.code;
    throw error;
  }
  return undefined;
}

describe('XML-RPC calls', () => {
  it('are written as the reference client writes them', () => {
    const params = ['alice', null].map(stringValue);
    expect(encodeMethodCall({ methodName: 'create_email_account', params })).toBe(
      `<?xml version="1.0" encoding="UTF-8"?>
<methodCall>
 <methodName>create_email_account</methodName>
 <params>
  <param>
   <value>
    <string>alice</string>
   </value>
  </param>
  <param>
   <value>
    <string></string>
   </value>
  </param>
 </params>
</methodCall>
`,
    );
  });

  it('survive a round trip', () => {
    fc.assert(
      fc.property(methodName, fc.array(xmlRpcValue, { maxLength: 4 }), (name, params) => {
        const call = { methodName: name, params };
        expect(decodeMethodCall(encodeMethodCall(call))).toEqual(call);
      }),
    );
  });

  it('may omit params and use bare text, any white space and i4', () => {
    expect(decodeMethodCall('<methodCall><methodName> ping </methodName></methodCall>')).toEqual({
      methodName: 'ping',
      params: [],
    });
    const call = decodeMethodCall(
      '<methodCall>\n\t<methodName>m</methodName><params>\n<param><value>bare</value></param>' +
        '<param><value>\n <i4> +7 </i4></value></param><param><value/></param></params></methodCall>',
    );
    expect(call.params).toEqual([
      { kind: 'text', value: 'bare' },
      { kind: 'int', value: 7 },
      { kind: 'text', value: '' },
    ]);
    expect(call.params.map(textOf)).toEqual(['bare', '7', '']);
  });

  it('that are not calls are told from those that are not XML', () => {
    expect(codeOf(() => decodeMethodCall('<methodCall>'))).toBe('not-well-formed');
    expect(codeOf(() => decodeMethodCall(''))).toBe('not-well-formed');
    expect(codeOf(() => decodeMethodCall('<methodResponse/>'))).toBe('not-a-call');
    expect(codeOf(() => decodeMethodCall('<methodCall/>'))).toBe('not-a-call');
    expect(
      codeOf(() => decodeMethodCall('<methodCall><methodName>a b</methodName></methodCall>')),
    ).toBe('invalid-method-name');
    expect(faultCodeOf(new XmlRpcError('not-well-formed', ''))).toBe(-32700);
    expect(faultCodeOf(new XmlRpcError('invalid-value', ''))).toBe(-32600);
  });

  it.each([
    '<int>1.5</int>',
    '<int>2147483648</int>',
    '<i8>9223372036854775808</i8>',
    '<boolean>true</boolean>',
    '<double>NaN</double>',
    '<double>1e999</double>',
    '<base64>ab*=</base64>',
    '<dateTime.iso8601>tomorrow</dateTime.iso8601>',
    '<string><b/></string>',
    '<unknown/>',
    '<array/>',
    '<array><data><int>1</int></data></array>',
    '<struct><member><name>a</name></member></struct>',
    '<string>a</string><string>b</string>',
    'text <string>a</string>',
  ])('refuse the value %s', (value) => {
    expect(codeOf(() => decodeMethodCall(callWith(`<value>${value}</value>`)))).toBe(
      'invalid-value',
    );
  });

  it('are bounded in size and depth', () => {
    const deep = '<value><array><data>'.repeat(40) + '</data></array></value>'.repeat(40);
    expect(codeOf(() => decodeMethodCall(callWith(deep)))).toBe('not-well-formed');
    expect(codeOf(() => decodeMethodCall(callWith('<value>long</value>'), { maxLength: 50 }))).toBe(
      'not-well-formed',
    );
  });

  it('with values that XML-RPC cannot hold are refused', () => {
    let nested: XmlRpcValue = { kind: 'nil' };
    for (let level = 0; level < 20; level += 1) nested = { kind: 'array', items: [nested] };
    const values: XmlRpcValue[] = [
      intValue(2 ** 31),
      { kind: 'i8', value: 2n ** 63n },
      { kind: 'double', value: Number.NaN },
      nested,
    ];
    for (const value of values) {
      expect(codeOf(() => encodeMethodResponse(value))).toBe('unencodable');
    }
    expect(codeOf(() => encodeMethodCall({ methodName: 'a b', params: [] }))).toBe(
      'invalid-method-name',
    );
  });
});

describe('XML-RPC responses', () => {
  it('survive a round trip', () => {
    fc.assert(
      fc.property(xmlRpcValue, (value) => {
        expect(decodeMethodResponse(encodeMethodResponse(value))).toEqual({
          kind: 'result',
          value,
        });
      }),
    );
  });

  it('with faults survive a round trip', () => {
    fc.assert(
      fc.property(fc.integer(), xmlText, (code, message) => {
        expect(decodeMethodResponse(encodeFault({ code, message }))).toStrictEqual({
          kind: 'fault',
          fault: { code, message },
        });
      }),
    );
  });

  it('keep the order of struct members', () => {
    const text = encodeMethodResponse(stringStruct({ password: 'hash', algorithm: 'MD5' }));
    expect(text.indexOf('password')).toBeLessThan(text.indexOf('algorithm'));
    const response = decodeMethodResponse(text);
    if (response.kind !== 'result') throw new Error('expected a result');
    expect(textOf(structMember(response.value, 'algorithm'))).toBe('MD5');
  });

  it('write doubles without exponent', () => {
    expect(encodeMethodResponse({ kind: 'double', value: 1.5e-7 })).toContain('>0.00000015<');
    expect(encodeMethodResponse({ kind: 'double', value: -1.25e22 })).toContain(
      '>-12500000000000000000000<',
    );
  });

  it.each([
    '<methodResponse/>',
    '<methodResponse><params/></methodResponse>',
    '<methodResponse><fault/></methodResponse>',
    '<methodResponse><fault><value>no</value></fault></methodResponse>',
    '<html/>',
  ])('refuse %s', (text) => {
    expect(codeOf(() => decodeMethodResponse(text))).toBe('not-a-response');
  });
});

it('any text is a message or a typed error', () => {
  const fragment = fc.constantFrom(
    '<methodCall>',
    '</methodCall>',
    '<value>',
    '</value>',
    '<params>',
    '<param>',
    '<int>',
    '</param>',
    '</params>',
    '<methodResponse>',
    '</methodResponse>',
    '<struct>',
    '&amp;',
    'x',
    '<methodName>m</methodName>',
    '<?xml version="1.0"?>',
    '<!DOCTYPE a>',
    '</int>',
    '<fault>',
  );
  const anything = fc.oneof(
    fc.string(),
    fc.array(fragment).map((parts) => parts.join('')),
  );
  const outcomes = [undefined, ...Object.keys(XML_RPC_ERRORS)];
  fc.assert(
    fc.property(anything, (text) => {
      expect(outcomes).toContain(codeOf(() => decodeMethodCall(text)));
      expect(outcomes).toContain(codeOf(() => decodeMethodResponse(text)));
    }),
  );
});
