import { type Locale, translate } from '@dialtone/phrases';
import type { Space } from '../../spaces/space.ts';

/** The text of every SMS that carries a code. */
export function codeSms(
  locale: Locale,
  space: Pick<Space, 'name'>,
  code: string,
  minutes: number,
): string {
  const params = { space: space.name, code, minutes };
  return translate(locale, minutes > 0 ? 'sms.code_valid' : 'sms.code', params);
}
