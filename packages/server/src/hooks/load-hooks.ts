import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { AccountHooks } from '../accounts/account-hooks.ts';
import { StartError } from '../errors/start-error.ts';
import type { ProvisioningHooks } from '../provisioning/hooks/provisioning-hooks.ts';
import type { Hooks } from './hooks.ts';

/** `undefined` keys would be refused by name like unknown ones; absent ones are simply not there. */
type Checked<T> = { readonly [K in keyof T]-?: z.ZodType<T[K]> };

function hook<T>() {
  return z.custom<T>((value) => typeof value === 'function', 'must be a function').optional();
}

const provisioning = {
  proxy: hook<ProvisioningHooks['proxy']>(),
  authInfo: hook<ProvisioningHooks['authInfo']>(),
  additionalSections: hook<ProvisioningHooks['additionalSections']>(),
} satisfies Checked<ProvisioningHooks>;

const account = {
  created: hook<AccountHooks['created']>(),
  edited: hook<AccountHooks['edited']>(),
  activated: hook<AccountHooks['activated']>(),
  deleted: hook<AccountHooks['deleted']>(),
  passwordChanged: hook<AccountHooks['passwordChanged']>(),
} satisfies Checked<AccountHooks>;

const hooksSchema = z.strictObject({
  provisioning: z.strictObject(provisioning).optional(),
  account: z.strictObject(account).optional(),
});

/**
 * Loads the operator's module (JavaScript, or TypeScript that Node runs as it is), which exports
 * `hooks` or has them as its default.
 *
 * @param file path, relative to the working directory; undefined: no hooks
 * @throws StartError `hooks-unusable` when the module cannot be loaded or exports something else
 */
export async function loadHooks(file: string | undefined): Promise<Hooks> {
  if (file === undefined) return {};
  const exported = await importHooks(file);
  const checked = hooksSchema.safeParse(exported);
  if (!checked.success) throw unusable(file, z.prettifyError(checked.error));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schema has exactly these keys, and absent ones stay absent
  return checked.data as Hooks;
}

async function importHooks(file: string): Promise<unknown> {
  let module: Readonly<Record<string, unknown>>;
  try {
    module = await import(pathToFileURL(resolve(file)).href);
  } catch (error) {
    throw unusable(file, error instanceof Error ? error.message : String(error), error);
  }
  const exported = module['hooks'] ?? module['default'];
  if (exported === undefined) throw unusable(file, 'it exports neither `hooks` nor a default');
  return exported;
}

function unusable(file: string, reason: string, cause?: unknown): StartError {
  return new StartError(
    'hooks-unusable',
    `Cannot use the hooks in ${file} (DIALTONE_PROVISIONING_HOOKS): ${reason}\nThe module exports \`hooks\`; see docs/examples/provisioning-hooks.ts.`,
    { cause },
  );
}
