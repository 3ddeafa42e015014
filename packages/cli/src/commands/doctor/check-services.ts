import {
  type Config,
  createLogger,
  type Platform,
  probeMail,
  probeRedis,
  type Space,
} from '@dialtone/server';
import { fail, type Finding, ok, warn } from './finding.ts';
import { mailAdvice } from './mail-advice.ts';

/** The mail servers in use, each once. */
export async function checkMail(
  platform: Pick<Platform, 'db' | 'config'>,
  spaces: readonly Space[],
): Promise<readonly Finding[]> {
  const probes = await Promise.all(
    spaces.map(async (space) => ({ space, probe: await probeMail(platform, space.id) })),
  );
  const findings = new Map<string, Finding>();
  for (const { space, probe } of probes) {
    if (probe.kind === 'log') {
      findings.set(
        'log',
        warn(
          'mail',
          'no mail server is set: mails are only written to the log',
          'Set MAIL_HOST, MAIL_USERNAME, MAIL_PASSWORD and MAIL_FROM_ADDRESS.',
        ),
      );
    } else if (probe.kind === 'reached') {
      findings.set(probe.server, ok('mail', `${probe.server} takes mail from us`));
    } else {
      const { server, reason } = probe;
      const advice = mailAdvice(reason, space.domain);
      findings.set(server, fail('mail', `${server} cannot be used (${reason})`, advice));
    }
  }
  return [...findings.values()];
}

/** Redis, when there is one. */
export async function checkRedis(config: Config): Promise<readonly Finding[]> {
  const log = createLogger({ log: { level: 'silent' } });
  const probe = await probeRedis({ config, log });
  if (probe === 'absent') return [];
  if (probe === 'reached') return [ok('redis', 'answers')];
  const code: unknown = Reflect.get(probe, 'code');
  const reason = typeof code === 'string' ? code : 'no answer';
  return [
    fail(
      'redis',
      `cannot be used (${reason})`,
      'Check DIALTONE_REDIS or the REDIS_ variables, and that it runs.',
    ),
  ];
}
