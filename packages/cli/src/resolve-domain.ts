import { databasePlace, listSpaces, type Platform, type Space } from '@dialtone/server';
import { UsageError } from './output/usage-error.ts';

/** Stops before a password is dropped: a space without digest configuration stores none. @throws UsageError */
export function requireDigest({ domain, digest }: Space): void {
  if (digest !== undefined) return;
  throw new UsageError(
    `${domain} has no digest configuration and can store no password. Give it one: dialtone space digest ${domain}`,
  );
}

/** The space of `domain`; without one the only space, else the first super space. */
export async function resolveDomain(
  platform: Pick<Platform, 'db' | 'config'>,
  domain: string | undefined,
): Promise<Space> {
  const spaces = await listSpaces(platform);
  const found =
    domain === undefined
      ? spaces.length === 1
        ? spaces[0]
        : spaces.find(({ switches }) => switches.super)
      : spaces.find((space) => space.domain === domain);
  if (found !== undefined) return found;
  if (spaces.length === 0) {
    // Most often the command runs in another directory, or with other settings, than the server.
    const place = databasePlace(platform.config.data.databaseUrl);
    throw new UsageError(
      `There is no space yet in ${place}. Create one first: dialtone space create DOMAIN`,
    );
  }
  const known = spaces.map((space) => space.domain).join(', ');
  throw new UsageError(
    domain === undefined
      ? `Say which space is meant; there are ${known}.`
      : `There is no space for ${domain}; there are ${known}.`,
  );
}
