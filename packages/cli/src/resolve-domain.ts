import { listSpaces, type Platform, type Space } from '@dialtone/server';
import { UsageError } from './output/usage-error.ts';

/** The space of `domain`; without one the only space, else the first super space. */
export async function resolveDomain(
  platform: Pick<Platform, 'db'>,
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
    throw new UsageError('There is no space yet. Create one first: dialtone space create DOMAIN');
  }
  const known = spaces.map((space) => space.domain).join(', ');
  throw new UsageError(
    domain === undefined
      ? `Say which space with --domain; there are ${known}.`
      : `There is no space for ${domain}; there are ${known}.`,
  );
}
