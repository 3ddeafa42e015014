import type { FuzzTarget } from './fuzz-target.ts';
import { datagrams } from './targets/datagrams.ts';
import { digestHeaders } from './targets/digest-headers.ts';
import { linphonerc } from './targets/linphonerc.ts';
import { provisioningXml } from './targets/provisioning-xml.ts';
import { streams } from './targets/streams.ts';
import { vcards } from './targets/vcards.ts';
import { websocketFrames } from './targets/websocket-frames.ts';
import { xmlRpc } from './targets/xml-rpc.ts';

/** Everything that reads what strangers send. */
export const FUZZ_TARGETS: readonly FuzzTarget[] = [
  datagrams,
  streams,
  websocketFrames,
  digestHeaders,
  xmlRpc,
  provisioningXml,
  linphonerc,
  vcards,
];
