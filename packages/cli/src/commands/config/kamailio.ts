import { databasePlace } from '@dialtone/server';

/** Views that give each algorithm the shape of Kamailio's subscriber table. */
export const SUBSCRIBER_VIEWS = `-- Once, in the database:
${['MD5', 'SHA-256']
  .map((algorithm) => {
    const view = algorithm === 'MD5' ? 'subscriber' : 'subscriber_sha256';
    return `CREATE VIEW ${view} AS
  SELECT a.username AS username, a.domain AS domain, p.password AS ha1
  FROM accounts a INNER JOIN passwords p ON p.account_id = a.id
  WHERE p.algorithm = '${algorithm}' AND a.activated = 1 AND a.blocked = 0;
`;
  })
  .join('')}`;

function databaseUrlFor(databaseUrl: string): { readonly module: string; readonly url: string } {
  if (databaseUrl.startsWith('sqlite:')) {
    // Kamailio takes what follows three slashes as the path: an absolute one makes four.
    return { module: 'db_sqlite', url: `sqlite:///${databasePlace(databaseUrl)}` };
  }
  const url = new URL(databaseUrl);
  const postgres = url.protocol.startsWith('postgres');
  const credentials = `${url.username}:PASSWORD@${url.host}${url.pathname}`;
  return postgres
    ? { module: 'db_postgres', url: `postgres://${credentials}` }
    : { module: 'db_mysql', url: `mysql://${credentials}` };
}

/** The part of `kamailio.cfg` that checks REGISTER against the views. */
export function kamailioConfiguration(databaseUrl: string): string {
  const { module, url } = databaseUrlFor(databaseUrl);
  return `# kamailio.cfg: SHA-256 passwords; for MD5 use algorithm "MD5" and the view "subscriber"
loadmodule "${module}.so"
loadmodule "auth.so"
loadmodule "auth_db.so"
modparam("auth", "algorithm", "SHA-256")
modparam("auth", "qop", "auth")
modparam("auth_db", "db_url", "${url}")
modparam("auth_db", "version_table", 0)
modparam("auth_db", "calculate_ha1", 0)
modparam("auth_db", "user_column", "username")
modparam("auth_db", "domain_column", "domain")
modparam("auth_db", "password_column", "ha1")
modparam("auth_db", "use_domain", 1)
modparam("auth_db", "load_credentials", "")

route[AUTH] {
    if (!auth_check("$td", "subscriber_sha256", "1")) {
        auth_challenge("$td", "1");
        exit;
    }
    consume_credentials();
}
`;
}
