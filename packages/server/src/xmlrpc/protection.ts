import type { Account } from '../accounts/account.ts';
import type { Admission } from '../auth/admission.ts';
import { admitByDigest } from '../auth/digest.ts';
import { refuse as refuseCredentials } from '../auth/authentication-refused.ts';
import { selectCallerByAddress } from '../auth/caller.repository.ts';
import { addressOfFrom } from '../auth/from-header.ts';
import { forbidden } from '../errors/service-error.ts';
import type { ReplyHeaders } from '../http/reply.ts';
import type { Call, Method, RawArgs } from './method.ts';

/**
 * Asks for digest credentials where a method wants them (X3): those of the account that the call
 * names, or of any account of the space. The challenge offers the algorithms of its passwords.
 * @returns header fields of the answer
 * @throws AuthenticationRefused, ServiceError
 */
export async function admit(call: Call, method: Method, args: RawArgs): Promise<ReplyHeaders> {
  if (method.members) return (await admitMember(call)).headers;
  if (method.owner === undefined || !call.platform.config.xmlrpc.digest) return {};
  const owner = await method.owner(call, args);
  // Nothing to protect: the method will say that there is no such account, as open look-ups do.
  return owner === undefined ? {} : (await admitAccount(call, owner)).headers;
}

/** The account that `From` names, like in the REST API. */
async function admitMember(call: Call): Promise<Admission> {
  const { context } = call;
  const address = addressOfFrom(context.header('from') ?? '');
  if (address?.domain !== context.space.domain) throw refuseCredentials('Authentication required');
  return admitAccount(call, address);
}

async function admitAccount(
  { platform, context, failures }: Call,
  address: Pick<Account, 'username' | 'domain'>,
): Promise<Admission> {
  const account = await selectCallerByAddress(platform.db, address);
  if (account === undefined) throw refuseCredentials('Authentication required');
  // Some web servers keep `Authorization` for themselves; clients of their time had another name.
  const credentials = context.header('auth-digest') ?? context.header('authorization');
  const admission = await admitByDigest(platform, failures, context, account, credentials);
  if (admission.caller?.blocked === true) throw forbidden('account.blocked');
  return admission;
}
