import { requestEmailChangeBodySchema } from '@dialtone/contract';
import { refuse } from './result.ts';

/**
 * An e-mail address, by the rules of the REST API.
 * @throws Refusal `ERROR_EMAIL_PARAMETER_NOT_FOUND`: a text that is none counts as missing
 */
export function readEmail(text: string): string {
  const read = requestEmailChangeBodySchema.safeParse({ email: text });
  if (!read.success) throw refuse('ERROR_EMAIL_PARAMETER_NOT_FOUND');
  return read.data.email;
}
