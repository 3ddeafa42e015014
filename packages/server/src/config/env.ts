import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { ConfigError, type ConfigFault } from './config-error.ts';
import { settingMeta, type SettingGroup } from './setting.ts';
import { settingGroups } from './settings.ts';

type Groups = typeof settingGroups;

/** The checked configuration; frozen, read once at start and passed down. */
export type Config = {
  readonly [Name in keyof Groups]: Groups[Name] extends SettingGroup<infer T> ? Readonly<T> : never;
};

/** Environment variables as they come from the process or a file. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The variables of this process, completed by those of a `.env` file (path in `DIALTONE_ENV_FILE`,
 * default `.env` in the working directory). The process wins. Nothing else reads `process.env`.
 */
export function loadEnvironment(): Environment {
  const file = process.env['DIALTONE_ENV_FILE'] ?? '.env';
  const fromFile = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  return { ...fromFile, ...process.env };
}

/**
 * Checks `environment` against every setting. Empty values count as absent.
 * @throws ConfigError naming all faults
 */
export function readConfig(environment: Environment): Config {
  const faults: ConfigFault[] = [];
  const config = Object.fromEntries(
    Object.entries(settingGroups).map(([name, group]) => [
      name,
      Object.freeze(readGroup(group, environment, faults)),
    ]),
  );
  if (faults.length > 0) throw new ConfigError(faults);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.fromEntries forgets which value belongs to which name
  return Object.freeze(config) as Config;
}

function readGroup(
  group: SettingGroup<unknown>,
  environment: Environment,
  faults: ConfigFault[],
): unknown {
  const values: Record<string, string> = {};
  for (const variable of Object.keys(group.shape)) {
    const value = environment[variable];
    if (value !== undefined && value.trim() !== '') values[variable] = value.trim();
  }
  const checked = group.read(values);
  if (checked.success) return checked.data;
  for (const issue of checked.error.issues) {
    const variable = String(issue.path[0]);
    const schema = group.shape[variable];
    const shown =
      schema !== undefined && settingMeta(schema).secret ? '' : `, not "${values[variable] ?? ''}"`;
    faults.push({ variable, message: `${issue.message}${shown}` });
  }
  return {};
}
