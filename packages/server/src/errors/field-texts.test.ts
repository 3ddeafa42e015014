import {
  createAccountBodySchema,
  createSpaceBodySchema,
  emailServerBodySchema,
  carddavServerBodySchema,
} from '@dialtone/contract';
import { isPhraseKey } from '@dialtone/phrases';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { allRoutes } from '../app.ts';
import { faultsOf } from '../http/validation-faults.ts';
import { unlimited } from '../rate-limit/rate-limiter.ts';
import { buildTestApp } from '../testing/build-test-app.ts';
import { fieldTexts } from './field-texts.ts';

/** What is said in English of one field of a body. */
function said(schema: z.ZodType, field: string, value: unknown): string[] {
  const body = { [field]: value };
  const { error } = schema.safeParse(body);
  return error === undefined ? [] : (fieldTexts(faultsOf(error, body), 'en')[field] ?? []);
}

it('every field that a body may have has a name in both languages', async () => {
  const test = await buildTestApp();
  const bodies = allRoutes(test.platform, { limiter: unlimited }).flatMap(({ body }) => body ?? []);
  await test.close();
  const fields = bodies.flatMap((body) =>
    body instanceof z.ZodObject ? Object.keys(body.shape) : [],
  );
  expect(fields).toContain('theme_hue');
  // A code split over four boxes, and what no person fills in.
  const hidden = new Set([
    'number_1',
    'number_2',
    'number_3',
    'number_4',
    '_token',
    'captcha',
    'h-captcha-response',
  ]);
  const nameless = new Set(fields.filter((field) => !isPhraseKey(`attribute.${field}`)));
  expect([...nameless].filter((field) => !hidden.has(field))).toEqual([]);
});

const dictionary =
  'The dictionary field must be an object of texts, none of them empty or longer than 255 characters.';

it.each<readonly [z.ZodType, string, unknown, string]>([
  [createSpaceBodySchema, 'domain', 'x', 'The domain field must be a valid domain name.'],
  [createSpaceBodySchema, 'max_accounts', 'a', 'The max accounts field must be a number.'],
  [emailServerBodySchema, 'port', '5 8', 'The port field must be a number.'],
  [
    carddavServerBodySchema,
    'fields_for_domain',
    'a b',
    'The fields for domain field must be words separated by commas, without spaces.',
  ],
  [createAccountBodySchema, 'dictionary', 'text', dictionary],
  [createAccountBodySchema, 'dictionary', ['text'], dictionary],
  [createAccountBodySchema, 'dictionary', { a: { b: 'c' } }, dictionary],
  [createAccountBodySchema, 'dictionary', { a: '' }, dictionary],
  [createAccountBodySchema, 'dictionary', { a: 'b'.repeat(256) }, dictionary],
])('%#: says what a field must be, once', (schema, field, value, text) => {
  expect(said(schema, field, value)).toEqual([text]);
});
