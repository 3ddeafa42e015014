import { forbidden, unauthorized } from '../errors/service-error.ts';
import type { RequestContext } from '../http/request-context.ts';
import type { Audience } from '../http/route.ts';
import type { Admission, Authenticator, Guard } from './admission.ts';
import { refuse, refuseToLogin } from './authentication-refused.ts';

/** The ways to prove an identity that this server knows. */
export interface Authenticators {
  readonly certificate: Authenticator;
  readonly bearer: Authenticator;
  readonly digest: Authenticator;
  readonly apiKey: Authenticator;
  readonly session: Authenticator;
}

/** Who enters which routes, and how (reference §3.1, §3.4). */
export function audienceGuards(by: Authenticators): Readonly<Record<Audience, Guard>> {
  const account = [by.bearer, by.digest, by.apiKey];
  return {
    public: async () => ({ caller: undefined, headers: {} }),
    account: async (context) => notBlocked(await firstOf(account, context)),
    provisioning: (context) => firstOf([by.certificate, ...account], context),
    admin: (context) => administrator(by.apiKey, context),
    superAdmin: async (context) => superAdministrator(await administrator(by.apiKey, context)),
    session: async (context) => signedIn(await by.session(context)),
  };
}

/** Browsers that are not signed in are sent to the page where they can. */
function signedIn(admission: Admission | undefined): Admission {
  if (admission === undefined) throw refuseToLogin();
  return notBlocked(admission);
}

async function firstOf(
  authenticators: readonly Authenticator[],
  context: RequestContext,
): Promise<Admission> {
  for (const authenticate of authenticators) {
    const admission = await authenticate(context);
    if (admission !== undefined) return admission;
  }
  throw refuse('Authentication required');
}

function notBlocked(admission: Admission): Admission {
  if (admission.caller?.blocked === true) throw forbidden('account.blocked');
  return admission;
}

/** An administrator of the space of this host, or of a super space; blocked ones lose the right (FAM let them keep it). */
async function administrator(apiKey: Authenticator, context: RequestContext): Promise<Admission> {
  const admission = await apiKey(context);
  if (admission === undefined) {
    throw context.prefersHtml ? refuseToLogin() : unauthorized('auth.required');
  }
  const { caller } = notBlocked(admission);
  const own = caller?.admin === true && caller.domain === context.space.domain;
  if (!own && caller?.superAdmin !== true) throw forbidden('auth.not_admin');
  return admission;
}

function superAdministrator(admission: Admission): Admission {
  if (admission.caller?.superAdmin !== true) throw forbidden('auth.not_super_admin');
  return admission;
}
