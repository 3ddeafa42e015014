import {
  type Config,
  ConfigError,
  type Environment,
  readConfig,
  unknownSettings,
} from '@dialtone/server';
import { fail, type Finding, ok, warn } from './finding.ts';

const CHECK = 'configuration';

/** Reads the settings; without usable ones nothing else can be looked at. */
export function checkConfiguration(environment: Environment): {
  readonly config: Config | undefined;
  readonly findings: readonly Finding[];
} {
  try {
    const config = readConfig(environment);
    const usable = ok(CHECK, 'every setting is usable');
    return { config, findings: [usable, ...misspelt(environment), ...contradictions(config)] };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const findings = error.faults.map(({ variable, message }) =>
      fail(
        CHECK,
        `${variable} ${message}`,
        'Correct it in the environment or in .env; docs/settings.md explains it.',
      ),
    );
    return { config: undefined, findings };
  }
}

function misspelt(environment: Environment): readonly Finding[] {
  return unknownSettings(environment).map((name) =>
    warn(
      CHECK,
      `${name} is no setting and changes nothing`,
      'Correct its name (docs/settings.md lists all), or remove it.',
    ),
  );
}

function contradictions({ http, sip, provisioning }: Config): readonly Finding[] {
  const findings: Finding[] = [];
  if (http.publicUrl.startsWith('https:') && http.trustedProxies.length === 0) {
    findings.push(
      warn(
        CHECK,
        'phones use https, but no reverse proxy is trusted: links in answers will say http',
        'Set DIALTONE_TRUSTED_PROXIES to the address of the proxy.',
      ),
    );
  }
  if (!sip.registrar && provisioning.sipProxy === undefined) {
    findings.push(
      warn(
        CHECK,
        'the registrar is off and no other one is named: phones look for it by DNS, at the SIP domain',
        'Set DIALTONE_SIP_PROXY, such as sip:sip.example.org;transport=tls, unless DNS has the records.',
      ),
    );
  }
  return findings;
}
