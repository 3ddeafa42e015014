import { readFileSync } from 'node:fs';
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
 * @throws ConfigError when that file is there and cannot be read, or is named and missing
 */
export function loadEnvironment(): Environment {
  const named = process.env[ENV_FILE];
  const fromFile = parseEnv(readEnvFile(named ?? '.env', named !== undefined));
  return { ...expanded(fromFile), ...process.env };
}

/** FAM's `.env` files name other variables of theirs: `MAIL_FROM_NAME="${APP_NAME}"`. */
function expanded(variables: NodeJS.Dict<string>): Environment {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [
      name,
      value?.replace(/\$\{(\w+)\}/g, (text, other: string) => variables[other] ?? text),
    ]),
  );
}

const ENV_FILE = 'DIALTONE_ENV_FILE';

function readEnvFile(file: string, required: boolean): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
    if (code === 'ENOENT' && !required) return '';
    const message = `${required ? '' : 'is .env by default, which '}cannot be read: "${file}" (${String(code)})`;
    throw new ConfigError([{ variable: ENV_FILE, message }]);
  }
}

/** Variables of ours that are no settings of the server. */
const OTHER_VARIABLES: readonly string[] = [ENV_FILE, 'DIALTONE_REGISTER_PASSWORD'];

/** Names that look like settings of ours and are none: somebody misspelt one. */
export function unknownSettings(environment: Environment): readonly string[] {
  const known = new Set([
    ...OTHER_VARIABLES,
    ...Object.values(settingGroups).flatMap(({ shape }) => Object.keys(shape)),
  ]);
  return Object.keys(environment).filter(
    (name) => name.startsWith('DIALTONE_') && !known.has(name),
  );
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
