import type { Audience, Route } from '../http/route.ts';

const audienceNames: Readonly<Record<Audience, string>> = {
  public: 'everybody',
  account: 'account',
  provisioning: 'account, also by certificate',
  admin: 'administrator',
  superAdmin: 'super administrator',
  session: 'signed-in browser',
};

/** docs/routes.md: every endpoint, from its declaration, with the folder where it is declared. */
export function routesPage(byFolder: Readonly<Record<string, readonly Route[]>>): string {
  const rows = Object.entries(byFolder)
    .flatMap(([folder, routes]) => routes.map((route) => ({ folder, route })))
    .toSorted((a, b) => compare(a.route, b.route))
    .map(
      ({ folder, route }) =>
        `| ${route.method} | \`${route.path}\` | ${audienceNames[route.audience]} | ${limit(route)} | ${route.summary} | \`${folder}/\` |`,
    );
  return `# Routes

Every endpoint of the server. Each \`GET\` also answers \`HEAD\`, without effects. Folders are those of
\`packages/server/src\`. \`/healthz\`, \`/readyz\` and \`/metrics\` answer on any host (\`health/health.ts\`); all others need
the host of a space. Those of \`legacy-api/\` are there only when \`DIALTONE_LEGACY_API\` is on ([legacy-api.md](legacy-api.md)).
The same as OpenAPI: \`/api/openapi.json\`.

| Method | Path | For | Limit | Does | Folder |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}

function compare(a: Route, b: Route): number {
  return a.path.localeCompare(b.path, 'en') || a.method.localeCompare(b.method);
}

function limit({ rateLimit }: Route): string {
  if (rateLimit === undefined) return '';
  const { limit, windowSeconds, by } = rateLimit;
  return `${limit} in ${windowSeconds} s per ${by === 'ip' ? 'address' : 'account'}`;
}
