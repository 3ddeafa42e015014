import type { Generated } from 'kysely';
import type { Flag } from '../column-types.ts';

/** Ways into a space that FAM 2.1 has no column for; a space without a row has the defaults. */
export interface DialtoneSpaceDoorsTable {
  space_id: number;
  /** 1: provisioning URLs ask for the header `x-linphone-provisioning`. */
  provisioning_header_required: Generated<Flag>;
  /** 1: the XML-RPC endpoint answers for the space. */
  xmlrpc: Generated<Flag>;
}
