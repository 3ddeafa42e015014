import type { Audience, Route } from '../http/route.ts';

const audienceNames: Readonly<Record<Audience, string>> = {
  public: 'everybody',
  account: 'account',
  provisioning: 'account, also by certificate',
  admin: 'administrator',
  superAdmin: 'super administrator',
};

/**
 * docs/routes.md: every endpoint, from its declaration.
 * @param sourceOf the file that declares a route, relative to packages/server/src
 */
export function routesPage(routes: readonly Route[], sourceOf: (route: Route) => string): string {
  const rows = routes
    .toSorted((a, b) => a.path.localeCompare(b.path, 'en') || a.method.localeCompare(b.method))
    .map(
      (route) =>
        `| ${route.method} | \`${route.path}\` | ${audienceNames[route.audience]} | ${limit(route)} | ${route.summary} | \`${sourceOf(route)}\` |`,
    );
  return `# Routes

Every endpoint of the server. Each \`GET\` also answers \`HEAD\`, without effects. Files are relative to
\`packages/server/src\`. \`/healthz\`, \`/readyz\` and \`/metrics\` answer on any host (\`health/health.ts\`); all others need
the host of a space. The same as OpenAPI: \`/api/openapi.json\`.

| Method | Path | For | Limit | Does | Declared in |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}

function limit({ rateLimit }: Route): string {
  if (rateLimit === undefined) return '';
  const { limit, windowSeconds, by } = rateLimit;
  return `${limit} in ${windowSeconds} s per ${by === 'ip' ? 'address' : 'account'}`;
}
