import type { Environment } from '@dialtone/server';
import { checkConfiguration } from './check-configuration.ts';
import { checkDatabase } from './check-database.ts';
import { checkHttp } from './check-http.ts';
import { checkMail, checkRedis } from './check-services.ts';
import { checkSip } from './check-sip.ts';
import { checkSpace } from './check-space.ts';
import type { Finding } from './finding.ts';

/** Checks everything a server with these settings needs, telling each finding as it is made. Changes nothing. */
export async function examine(
  environment: Environment,
  tell: (finding: Finding) => void,
): Promise<readonly Finding[]> {
  const all: Finding[] = [];
  const add = (findings: readonly Finding[]): void => {
    for (const finding of findings) {
      all.push(finding);
      tell(finding);
    }
  };
  const { config, findings } = checkConfiguration(environment);
  add(findings);
  if (config === undefined) return all;

  const checked = await checkDatabase(config);
  add(checked.findings);
  const { database, spaces = [] } = checked;
  try {
    const http = await checkHttp(config);
    add(http.findings);
    for (const space of spaces) add(await checkSpace(space, config, http.running));
    add(await checkSip(config, spaces, http.running));
    if (database !== undefined) add(await checkMail({ db: database.db, config }, spaces));
    add(await checkRedis(config));
  } finally {
    await database?.close();
  }
  return all;
}
