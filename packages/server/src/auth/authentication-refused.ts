import { redirect, type Reply, text, withHeaders } from '../http/reply.ts';

/**
 * Credentials are missing or wrong, and the protocol says how to answer: a 401 with challenges
 * (reference §1.4), or a redirect to the login page. `code` is `auth-refused`.
 */
export class AuthenticationRefused extends Error {
  override readonly name = 'AuthenticationRefused';
  readonly code = 'auth-refused';
  readonly reply: Reply;

  constructor(reply: Reply, reason: string) {
    super(reason);
    this.reply = reply;
  }
}

/** 401 with a short reason as text, the way FAM words it, and any number of challenges. */
export function refuse(reason: string, challenges: readonly string[] = []): AuthenticationRefused {
  const reply = text(reason, 401);
  return new AuthenticationRefused(
    challenges.length === 0 ? reply : withHeaders(reply, { 'www-authenticate': challenges }),
    reason,
  );
}

/** A browser is sent to the login page. */
export function refuseToLogin(): AuthenticationRefused {
  return new AuthenticationRefused(redirect('/login'), 'login required');
}
