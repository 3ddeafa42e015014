import type { ConfigStore } from '../config/config-store.ts';

/** How media gets through NATs; registration itself does not use it (registration.md §1.8). */
export interface NatPolicy {
  readonly ref: string;
  readonly stunServer: string | undefined;
  readonly stunServerUsername: string | undefined;
  readonly stunEnabled: boolean;
  readonly turnEnabled: boolean;
  readonly iceEnabled: boolean;
  readonly upnpEnabled: boolean;
  readonly turnUdp: boolean;
  readonly turnTcp: boolean;
  readonly turnTls: boolean;
}

/** The policy that `ref` names: a section of that name, or the `[nat_policy_i]` with that `ref`. */
export function readNatPolicy(config: ConfigStore, ref: string): NatPolicy | undefined {
  if (config.hasSection(ref)) return readSection(config, ref, ref);
  for (let i = 0; config.hasSection(`nat_policy_${i}`); i += 1) {
    const section = `nat_policy_${i}`;
    if (config.getString(section, 'ref') === ref) return readSection(config, section, ref);
  }
  return undefined;
}

function readSection(config: ConfigStore, section: string, ref: string): NatPolicy {
  const protocols = config.getList(section, 'protocols').map((name) => name.trim());
  return {
    ref,
    stunServer: config.getString(section, 'stun_server'),
    stunServerUsername: config.getString(section, 'stun_server_username'),
    stunEnabled: protocols.includes('stun'),
    turnEnabled: protocols.includes('turn'),
    iceEnabled: protocols.includes('ice'),
    upnpEnabled: protocols.includes('upnp'),
    turnUdp: config.getBool(section, 'turn_enable_udp', true),
    turnTcp: config.getBool(section, 'turn_enable_tcp', false),
    turnTls: config.getBool(section, 'turn_enable_tls', false),
  };
}
