import type { z } from 'zod';
import type { JsonSchema, Parameter, SchemaComponents } from './document.ts';
import { jsonSchema } from './json-schema.ts';

interface Word {
  readonly description: string;
  readonly example: unknown;
}

/** What the names in paths and queries mean wherever their schema does not say more. */
const words: Readonly<Record<'path' | 'query', Readonly<Record<string, Word>>>> = {
  path: {
    id: { description: 'Id of the account', example: 7 },
    sip: { description: 'SIP address, without `sip:`', example: 'alice@sip.example.org' },
    email: { description: 'E-mail address of the account', example: 'alice@mail.example' },
    phone: { description: 'International phone number', example: '+33612345678' },
    domain: { description: 'SIP domain of the space', example: 'sip.example.org' },
    carddav_id: { description: 'Id of the CardDAV server', example: 3 },
    uuid: {
      description: 'Instance of the device',
      example: 'urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
    },
    code: { description: 'ISO 3166-1 alpha-2 code of the country', example: 'FR' },
    token: { description: 'Token of the page', example: 'WgA3nbK9sLrTe' },
    auth_token: { description: 'Token that a device shows', example: 'WgA3nbK9sLrTe' },
    provisioning_token: { description: 'Token of the configuration', example: 'fPzGm3vVqkYx1' },
    account_recovery_token: { description: 'Token that was pushed', example: 'WgA3nbK9sLrTe' },
    username: { description: 'Username of the account', example: 'alice' },
    key: { description: 'Key of the mail or SMS', example: 'fPzGm3vVqkYx1' },
  },
  query: {
    page: { description: 'Number of the page, from 1; anything else is the first', example: 1 },
    reset_password: { description: 'Any value: give the account a new password', example: '1' },
    format: { description: 'Format of the image', example: 'png' },
    size: { description: 'Width and height in pixels', example: 300 },
    level: { description: 'Level of error correction', example: 'high' },
    phone: { description: 'Phone number to fill in', example: '+33612345678' },
    error: { description: 'Text to show as an error', example: 'wrong_code' },
    notice: { description: 'Text to show', example: 'signed_out' },
    code: { description: 'Code of the provider', example: 'SplxlOBeZQQYbYS6WxSbIA' },
    state: { description: 'State that the provider was given', example: 'af0ifjsldkj' },
  },
};

/** The parameters of one place, from the schema of it. */
export function parameters(
  place: 'path' | 'query',
  schema: z.ZodType | undefined,
  components: SchemaComponents,
): Parameter[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = jsonSchema(schema, 'input', components);
  return Object.entries(properties).map(([name, { description, examples, ...type }]) => {
    const word = words[place][name];
    return {
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      description: description ?? innerDescription(type) ?? word?.description,
      schema: type,
      example: examples?.[0] ?? word?.example,
    };
  });
}

/** The header fields that a route asks for. */
export function headerParameters(headers: Readonly<Record<string, string>> = {}): Parameter[] {
  return Object.entries(headers).map(([name, description]) => ({
    name,
    in: 'header',
    required: false,
    description,
    schema: { type: 'string' },
    example: '1',
  }));
}

/** `z.x().describe(…).nullish()` keeps its description inside. */
function innerDescription({ anyOf = [] }: JsonSchema): string | undefined {
  return anyOf.find(({ description }) => description !== undefined)?.description;
}
