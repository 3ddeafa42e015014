import type { Config } from '@dialtone/server';
import { askHttp } from '../../network/ask-http.ts';
import { fail, type Finding, ok, reachable, warn } from './finding.ts';

const CHECK = 'http';

/** Whether our server listens on its port. */
export async function checkHttp({ http }: Pick<Config, 'http'>): Promise<{
  readonly running: boolean;
  readonly findings: readonly Finding[];
}> {
  const origin = localOrigin({ http });
  const healthy = await askHttp(`${origin}/healthz`);
  if (healthy.kind === 'silent') {
    const refused = healthy.code === 'ECONNREFUSED';
    const finding = refused
      ? warn(
          CHECK,
          `nothing listens at ${origin}`,
          'Start the server (npm start, or its systemd unit) and run this again.',
        )
      : fail(
          CHECK,
          `${origin} does not answer (${healthy.code})`,
          'See whether the server hangs, and which program has the port: ss -ltnp',
        );
    return { running: false, findings: [finding] };
  }
  if (healthy.status !== 200 || !healthy.body.includes('"ok"')) {
    const advice = 'Stop the other program, or choose another port with DIALTONE_PORT.';
    return {
      running: false,
      findings: [fail(CHECK, `another program answers at ${origin}`, advice)],
    };
  }
  const ready = await askHttp(`${origin}/readyz`);
  const isReady = ready.kind === 'answered' && ready.status === 200;
  const finding = isReady
    ? ok(CHECK, `the server runs at ${origin} and reaches its database`)
    : fail(
        CHECK,
        `the server at ${origin} does not reach its database`,
        'See the check of the database above, and the log of the server.',
      );
  return { running: true, findings: [finding] };
}

/** Where this machine reaches its own server. */
export function localOrigin({ http }: Pick<Config, 'http'>): string {
  return `http://${reachable(http.host)}:${http.port}`;
}
