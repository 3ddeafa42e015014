import { type ProvisioningSection, parseLinphonerc } from '@dialtone/contract';

const WORDS: Readonly<Record<string, string>> = {
  yes: '1',
  on: '1',
  true: '1',
  no: '0',
  off: '0',
  false: '0',
};

/**
 * A value as Linphone reads it. Texts written for FAM quote values and spell booleans; a phone takes
 * both literally (and `true` as 0), so quotes go and booleans become 1 and 0.
 */
function phoneValue(written: string): string {
  const value = written.trim();
  const quoted = /^"(.*)"$/.exec(value);
  return quoted?.[1] ?? WORDS[value.toLowerCase()] ?? value;
}

/**
 * The space's own `linphonerc` text as sections. Values are literal: `;` and `&` mean nothing,
 * nothing is taken from the environment.
 */
export function customSections(
  text: string | undefined,
  overwrite: boolean,
): ProvisioningSection[] {
  if (text === undefined) return [];
  return parseLinphonerc(text).sections.map(({ name, items }) => ({
    name,
    entries: items
      .filter((item) => item.kind === 'entry')
      .filter(({ key }) => !key.startsWith(';'))
      .map(({ key, value }) => ({ name: key, value: phoneValue(value), overwrite })),
  }));
}
