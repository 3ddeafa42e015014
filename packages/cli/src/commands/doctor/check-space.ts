import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { type Config, publicOrigin, type Space } from '@dialtone/server';
import { askHttp, type HttpAnswer } from '../../network/ask-http.ts';
import { checkServedCertificate } from './check-certificate.ts';
import { localOrigin } from './check-http.ts';
import { fail, type Finding, ok, warn } from './finding.ts';

/** Whether phones find the server of a space, and it is ours. `running`: our server answers locally. */
export async function checkSpace(
  space: Space,
  config: Config,
  running: boolean,
): Promise<readonly Finding[]> {
  const check = `space ${space.domain}`;
  if (!(await hasAddress(space.host))) {
    return [
      fail(
        check,
        `its host ${space.host} has no address`,
        `Add an A or AAAA record for ${space.host} to its DNS zone.`,
      ),
    ];
  }
  if (!running) return [ok(check, `its host ${space.host} has an address`)];
  const local = await askHttp(`${localOrigin(config)}/api/ping`, space.host);
  if (!isPong(local)) {
    return [
      fail(
        check,
        `the server does not serve the host ${space.host}`,
        'Check APP_ROOT_HOST, and whether the space has expired: dialtone space list',
      ),
    ];
  }
  const origin = publicOrigin(config, space);
  const outside = await askHttp(`${origin}/api/ping`);
  const findings = [reach(check, origin, outside)];
  if (origin.startsWith('https:')) findings.push(await checkServedCertificate(new URL(origin)));
  return findings;
}

async function hasAddress(host: string): Promise<boolean> {
  if (isIP(host) !== 0) return true;
  return lookup(host).then(
    () => true,
    () => false,
  );
}

function reach(check: string, origin: string, answer: HttpAnswer): Finding {
  if (isPong(answer))
    return ok(check, `provisioning URLs (${origin}/provisioning/…) reach this server`);
  if (answer.kind === 'silent') {
    return warn(
      check,
      `${origin} does not answer from here (${answer.code})`,
      'Phones use this address: check DNS, reverse proxy and firewall, or set DIALTONE_PUBLIC_URL to the one they shall use. A router may not let machines inside reach its outside.',
    );
  }
  return fail(
    check,
    `somebody else answers at ${origin} (status ${answer.status})`,
    'Let the reverse proxy pass this host with its Host header, or correct DIALTONE_PUBLIC_URL.',
  );
}

function isPong(answer: HttpAnswer): boolean {
  return answer.kind === 'answered' && answer.status === 200 && answer.body === 'pong';
}
