import { isDeepStrictEqual } from 'node:util';
import { parseLinphonerc, serializeLinphonerc } from '@dialtone/contract';
import { ConfigStore, Core } from '@dialtone/client';
import { type FuzzTarget, require } from '../fuzz-target.ts';

const SEED = `# a comment
[sip]
default_proxy=0
refresh_window=20-50
keepalive_period=30000
[net]
dns_srv_enabled=0
[proxy_0]
reg_proxy=<sip:127.0.0.1:5070;transport=tcp>
reg_identity="Alice" <sip:alice@sip.example.test>
reg_expires=600
reg_sendregister=1
idkey=a
[proxy_1]
reg_proxy=<sip:127.0.0.1:5070>
reg_identity=sip:bob@sip.example.test
depends_on=a
[auth_info_0]
username=alice
ha1=0123456789abcdef0123456789abcdef
realm=sip.example.test
algorithm=MD5
`;

/** Configuration files, up to the core that starts from them. */
export const linphonerc: FuzzTarget = {
  name: 'linphonerc',
  seeds: [Buffer.from(SEED)],
  dictionary: [
    '\n',
    '\r',
    '\r\n',
    '[',
    ']',
    '=',
    ' ',
    '\t',
    '#',
    '\0',
    '\xff',
    '\xef\xbb\xbf',
    '-1',
    '0x10',
    '[proxy_2]',
    '[auth_info_1]',
    'depends_on=a',
    'idkey=a',
    '99999999999',
    '1e400',
    '"',
    '<',
    '>',
  ],
  run(input) {
    const text = Buffer.from(input).toString();
    const config = parseLinphonerc(text);
    const written = serializeLinphonerc(config);
    const again = serializeLinphonerc(parseLinphonerc(written));
    require(isDeepStrictEqual(again, written), 'files survive being written');
    const core = new Core({ config: ConfigStore.fromString(text) });
    for (const account of core.accountList) void account.settings;
  },
};
