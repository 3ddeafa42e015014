import { databasePlace } from '@dialtone/server';

/** The password of the database is for the administrator to fill in: output ends up in tickets. */
const PASSWORD = 'PASSWORD';

interface SociTarget {
  readonly backend: string;
  readonly connection: string;
}

function sociTarget(databaseUrl: string): SociTarget {
  if (databaseUrl.startsWith('sqlite:')) {
    return { backend: 'sqlite3', connection: `db=${databasePlace(databaseUrl)}` };
  }
  const url = new URL(databaseUrl);
  const postgres = url.protocol.startsWith('postgres');
  const name = decodeURIComponent(url.pathname.slice(1));
  const user = decodeURIComponent(url.username);
  const port = url.port === '' ? '' : ` port=${url.port}`;
  const credentials = `user=${user} password='${PASSWORD}' host=${url.hostname}${port}`;
  return postgres
    ? { backend: 'postgresql', connection: `dbname=${name} ${credentials}` }
    : { backend: 'mysql', connection: `db=${name} ${credentials}` };
}

/** `flexisip.conf` lines: the request also refuses blocked accounts and knows realms of their own. */
export function flexisipConfiguration(databaseUrl: string): string {
  const { backend, connection } = sociTarget(databaseUrl);
  return `# flexisip.conf: digest authentication from the accounts of Dialtone
[module::Authentication]
enabled=true
db-implementation=soci
soci-backend=${backend}
soci-connection-string=${connection}
soci-password-request=SELECT p.password, p.algorithm FROM passwords p INNER JOIN accounts a ON a.id = p.account_id INNER JOIN spaces s ON s.domain = a.domain INNER JOIN space_digest_authentication_configurations d ON d.space_id = s.id WHERE a.username = :id AND d.realm = :domain AND a.activated = 1 AND a.blocked = 0

[presence-server]
soci-connection-string=${connection}
soci-user-with-phone-request=SELECT username FROM accounts WHERE activated = 1 AND (username = :phone OR phone = :phone)
soci-users-with-phones-request=SELECT username, domain FROM accounts WHERE activated = 1 AND phone IN (:phones)
`;
}
