import type { ProvisioningSection } from '@dialtone/contract';
import type { ProvisionedTurn } from './provisioned-account.ts';
import { section } from './section.ts';

/** A name the phone never rewrites; it owns every `nat_policy_N` itself (provisioning-client.md §5.5). */
export const NAT_POLICY_SECTION = 'provisioned_nat_policy';

/** STUN, TURN and ICE for an account whose installation has a TURN server. */
export function natPolicySection(turn: ProvisionedTurn): ProvisioningSection {
  return section(NAT_POLICY_SECTION, {
    ref: NAT_POLICY_SECTION,
    stun_server: turn.server,
    stun_server_username: turn.username,
    protocols: 'stun,turn,ice',
  });
}

/** TURN credentials: found by their user name, which is that of the policy. */
export function turnAuthInfoSection(name: string, turn: ProvisionedTurn): ProvisioningSection {
  return section(name, { username: turn.username, passwd: turn.password });
}
