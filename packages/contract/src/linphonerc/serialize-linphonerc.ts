import type { Linphonerc, LinphonercItem, LinphonercSection } from './linphonerc.ts';

/**
 * The configuration as `linphonerc` text (provisioning-client.md §1.3). Nothing is escaped: names
 * and values must be free of line breaks, names must be writable. Empty values are left out.
 */
export function serializeLinphonerc(config: Linphonerc): string {
  return config.sections.map(serializeSection).join('');
}

function serializeSection({ name, params, items }: LinphonercSection): string {
  let text = `[${name}`;
  for (const [key, value] of params) if (value !== '') text += ` ${key}=${value}`;
  text += ']\n';
  for (const item of items) text += serializeItem(item);
  return `${text}\n`;
}

function serializeItem(item: LinphonercItem): string {
  if (item.kind === 'comment') return `${item.text}\n`;
  return item.value === '' ? '' : `${item.key}=${item.value}\n`;
}
