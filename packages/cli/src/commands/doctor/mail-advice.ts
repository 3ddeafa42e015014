/** What to do about a mail server, by the codes of the system, of TLS and of nodemailer. */
const ADVICE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Nothing listens there: correct host and port, or start it',
  ENOTFOUND: 'No DNS server knows that host: correct it',
  ETIMEDOUT: 'Nothing comes back from there: check host, port, encryption and firewall',
  ERR_SSL_WRONG_VERSION_NUMBER:
    'It speaks no TLS from the start there: use encryption tls (STARTTLS) instead of ssl, or port 465',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'Its certificate is self-signed: give it one of a known authority, or set MAIL_ALLOW_SELF_SIGNED=true',
  SELF_SIGNED_CERT_IN_CHAIN:
    'Its certificate leads to an unknown authority: set NODE_EXTRA_CA_CERTS to the file of that authority, or MAIL_ALLOW_SELF_SIGNED=true',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'Its certificate leads to an unknown authority: let it send the whole chain, or set NODE_EXTRA_CA_CERTS to the file of that authority',
  CERT_HAS_EXPIRED: 'Its certificate has expired: renew it there',
  ERR_TLS_CERT_ALTNAME_INVALID:
    'Its certificate names another host: use that name, or set MAIL_VERIFY_PEER_NAME=false',
  EAUTH: 'It refuses user or password: correct them',
};

/** @param reason codes, separated by spaces */
export function mailAdvice(reason: string, domain: string): string {
  const known = reason.split(' ').flatMap((code) => ADVICE[code] ?? []);
  const what = known[0] ?? 'Check host, port, encryption, user and password';
  return `${what} (MAIL_ settings, or the mail server of the space ${domain}).`;
}
