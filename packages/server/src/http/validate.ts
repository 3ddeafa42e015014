import type { z } from 'zod';
import { invalid, notFound } from '../errors/service-error.ts';
import type { RawInput, Route, UncheckedInput } from './route.ts';
import { faultsOf } from './validation-faults.ts';

/**
 * Checks the input of a request against the schemas of its route.
 * @throws ServiceError `validation.failed` with the refused fields; a path parameter that is none
 * (`/accounts/abc` where a number stands) names nothing, so `resource.not_found`
 */
export function validateInput(
  route: Pick<Route, 'params' | 'query' | 'body'>,
  params: unknown,
  query: RawInput,
  body: unknown,
): UncheckedInput {
  return {
    params: checkParams(route.params, params),
    query: check(route.query, query),
    body: check(route.body, body),
  };
}

function checkParams(schema: z.ZodType | undefined, params: unknown): unknown {
  const checked = schema?.safeParse(params);
  if (checked === undefined) return undefined;
  if (!checked.success) throw notFound('resource.not_found');
  return checked.data;
}

function check(schema: z.ZodType | undefined, input: unknown): unknown {
  const checked = schema?.safeParse(input);
  if (checked === undefined) return undefined;
  if (!checked.success) throw invalid(faultsOf(checked.error, input));
  return checked.data;
}
