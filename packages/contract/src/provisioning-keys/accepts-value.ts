import type { KeyType } from './provisioning-key.ts';

const isWhole = (text: string): boolean => /^-?\d{1,15}$/.test(text);

/** Whether a phone can make something of `value`; an empty one removes the key, whatever its type. */
export function acceptsValue(type: KeyType, value: string): boolean {
  if (value === '') return true;
  switch (type.kind) {
    case 'boolean':
      return value === '0' || value === '1';
    case 'integer': {
      const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = type;
      return isWhole(value) && Number(value) >= min && Number(value) <= max;
    }
    case 'range':
      return /^\d{1,15}-\d{1,15}$/.test(value);
    case 'choice':
      return type.values.includes(value);
    case 'list': {
      const { values } = type;
      return values === undefined || value.split(',').every((item) => values.includes(item.trim()));
    }
    case 'sip-address':
      return isSipAddress(value);
    case 'url':
      return /^https?:\/\/[^\s/]/.test(value) && URL.canParse(value);
    case 'text':
      break;
  }
  return true;
}

/** Not a parser: catches what is plainly something else, such as a number or an e-mail address. */
function isSipAddress(text: string): boolean {
  const bracketed = /<([^<>]*)>/.exec(text)?.[1];
  return /^sips?:[^\s]+$/i.test(bracketed ?? text.trim());
}
