import { isDeepStrictEqual } from 'node:util';
import {
  decodeMethodCall,
  decodeMethodResponse,
  decodeXml,
  encodeFault,
  encodeMethodCall,
  encodeMethodResponse,
  XmlError,
  XmlRpcError,
} from '@dialtone/contract';
import { type FuzzTarget, require } from '../fuzz-target.ts';
import { XML_DICTIONARY } from './xml-dictionary.ts';

const SEEDS = [
  `<?xml version="1.0" encoding="UTF-8"?>
<methodCall><methodName>create_email_account</methodName><params>
<param><value><string>alice</string></value></param><param><value>plain &amp; text</value></param>
<param><value><int>-7</int></value></param><param><value><boolean>1</boolean></value></param>
<param><value><struct><member><name>a</name><value><array><data><value><double>1.5</double></value>
</data></array></value></member></struct></value></param></params></methodCall>`,
  '<?xml version="1.0"?><methodResponse><params><param><value><string>OK</string></value></param></params></methodResponse>',
  '<methodResponse><fault><value><struct><member><name>faultCode</name><value><int>4</int></value></member><member><name>faultString</name><value><string>no &#x20; such</string></value></member></struct></value></fault></methodResponse>',
];

/** Calls and answers of the older account creator. */
export const xmlRpc: FuzzTarget = {
  name: 'xml-rpc',
  seeds: SEEDS.map((seed) => Buffer.from(seed)),
  dictionary: [
    ...XML_DICTIONARY,
    '<value>',
    '</value>',
    '<i4>',
    '<int>',
    '<nil/>',
    '<base64>',
    '<dateTime.iso8601>',
    '2147483648',
  ],
  run(input) {
    const call = attempt(() => decodeMethodCall(decodeXml(input)));
    if (call !== undefined) {
      const written = attempt(() => encodeMethodCall(call));
      if (written !== undefined) {
        require(isDeepStrictEqual(decodeMethodCall(written), call), 'calls survive being written');
      }
    }
    const response = attempt(() => decodeMethodResponse(decodeXml(input)));
    if (response === undefined) return;
    const written = attempt(() =>
      response.kind === 'fault'
        ? encodeFault(response.fault)
        : encodeMethodResponse(response.value),
    );
    if (written === undefined) return;
    require(isDeepStrictEqual(decodeMethodResponse(written), response), 'answers survive');
  },
};

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof XmlRpcError || error instanceof XmlError) return undefined;
    throw error;
  }
}
