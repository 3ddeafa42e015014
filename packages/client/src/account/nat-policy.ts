import type { ConfigStore } from '../config/config-store.ts';

/** How media gets through NATs; registration itself does not use it (registration.md §1.8). */
export interface NatPolicy {
  /** What names it: its section, or the `ref` of a `[nat_policy_N]`. */
  readonly ref: string;
  /** `host[:port]`. */
  readonly stunServer: string | undefined;
  /** User name of the auth info for TURN. */
  readonly stunServerUsername: string | undefined;
  readonly stunEnabled: boolean;
  readonly turnEnabled: boolean;
  readonly iceEnabled: boolean;
  readonly upnpEnabled: boolean;
  readonly turnUdp: boolean;
  readonly turnTcp: boolean;
  readonly turnTls: boolean;
}

/** What a policy is made of; what is left out is off, but for TURN over UDP. */
export type NatPolicyFields = Partial<Omit<NatPolicy, 'ref'>>;

/** A policy under the given name. */
export function natPolicy(ref: string, fields: NatPolicyFields): NatPolicy {
  return {
    ref,
    stunServer: fields.stunServer,
    stunServerUsername: fields.stunServerUsername,
    stunEnabled: fields.stunEnabled ?? false,
    turnEnabled: fields.turnEnabled ?? false,
    iceEnabled: fields.iceEnabled ?? false,
    upnpEnabled: fields.upnpEnabled ?? false,
    turnUdp: fields.turnUdp ?? true,
    turnTcp: fields.turnTcp ?? false,
    turnTls: fields.turnTls ?? false,
  };
}

/** The policy that `ref` names: a section of that name, or the `[nat_policy_N]` with that `ref`. */
export function readNatPolicy(config: ConfigStore, ref: string): NatPolicy | undefined {
  if (config.hasSection(ref)) return readNatPolicySection(config, ref, ref);
  for (let i = 0; config.hasSection(natPolicySection(i)); i += 1) {
    const section = natPolicySection(i);
    if (config.getString(section, 'ref') === ref) return readNatPolicySection(config, section, ref);
  }
  return undefined;
}

/** The name of a numbered section. */
export function natPolicySection(index: number): string {
  return `nat_policy_${index}`;
}

/** Writes a whole section anew. */
export function writeNatPolicySection(
  config: ConfigStore,
  section: string,
  policy: NatPolicy,
): void {
  config.removeSection(section);
  config.setString(section, 'ref', policy.ref);
  config.setString(section, 'stun_server', policy.stunServer);
  config.setString(section, 'stun_server_username', policy.stunServerUsername);
  const protocols = [
    policy.stunEnabled && 'stun',
    policy.turnEnabled && 'turn',
    policy.iceEnabled && 'ice',
    policy.upnpEnabled && 'upnp',
  ].filter((name) => name !== false);
  config.setList(section, 'protocols', protocols);
  config.setBool(section, 'turn_enable_udp', policy.turnUdp);
  config.setBool(section, 'turn_enable_tcp', policy.turnTcp);
  config.setBool(section, 'turn_enable_tls', policy.turnTls);
}

function readNatPolicySection(config: ConfigStore, section: string, ref: string): NatPolicy {
  const protocols = config.getList(section, 'protocols').map((name) => name.trim());
  return natPolicy(ref, {
    stunServer: config.getString(section, 'stun_server'),
    stunServerUsername: config.getString(section, 'stun_server_username'),
    stunEnabled: protocols.includes('stun'),
    turnEnabled: protocols.includes('turn'),
    iceEnabled: protocols.includes('ice'),
    upnpEnabled: protocols.includes('upnp'),
    turnUdp: config.getBool(section, 'turn_enable_udp', true),
    turnTcp: config.getBool(section, 'turn_enable_tcp', false),
    turnTls: config.getBool(section, 'turn_enable_tls', false),
  });
}
