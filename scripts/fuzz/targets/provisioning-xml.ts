import { isDeepStrictEqual } from 'node:util';
import {
  decodeXml,
  parseProvisioningXml,
  serializeProvisioningXml,
  XmlError,
} from '@dialtone/contract';
import { type FuzzTarget, require } from '../fuzz-target.ts';
import { XML_DICTIONARY } from './xml-dictionary.ts';

const SEED = `<?xml version="1.0" encoding="UTF-8"?>
<config xmlns="http://www.linphone.org/xsds/lpconfig.xsd">
  <section name="proxy_0"><entry name="reg_proxy" overwrite="true">&lt;sip:sip.example.org;transport=tls&gt;</entry>
    <entry name="reg_identity">"Alice O&apos;Hara" &lt;sip:alice@sip.example.org&gt;</entry></section>
  <section name="misc"><entry name="config-uri"><![CDATA[https://example.org/?a=b&c]]></entry></section>
</config>`;

/** Documents a phone is configured by. */
export const provisioningXml: FuzzTarget = {
  name: 'provisioning-xml',
  seeds: [Buffer.from(SEED)],
  dictionary: [
    ...XML_DICTIONARY,
    '<section name="',
    '<entry name="',
    'overwrite="true"',
    'name=""',
  ],
  run(input) {
    try {
      const { sections } = parseProvisioningXml(decodeXml(input));
      const again = parseProvisioningXml(serializeProvisioningXml({ sections }));
      require(isDeepStrictEqual(again.sections, sections), 'documents survive being written');
    } catch (error) {
      if (!(error instanceof XmlError)) throw error;
    }
  },
};
