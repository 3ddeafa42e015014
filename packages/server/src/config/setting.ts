import { isIP } from 'node:net';
import { z } from 'zod';

/** What docs/settings.md says about a variable besides its name. */
export interface SettingMeta {
  readonly description: string;
  /** The value when the variable is absent or empty, in words when it is not fixed. */
  readonly fallback: string;
  /** A value that no message may repeat. */
  readonly secret: boolean;
}

type Shape = Readonly<Record<string, z.ZodType>>;

/** Variables that belong together, and the part of the configuration they make. */
export interface SettingGroup<T> {
  readonly title: string;
  readonly shape: Shape;
  readonly read: (values: Readonly<Record<string, string>>) => z.ZodSafeParseResult<T>;
}

export function group<S extends Shape, T>(
  title: string,
  shape: S,
  build: (values: z.output<z.ZodObject<S>>) => T,
): SettingGroup<T> {
  const schema = z.object(shape).transform(build);
  return { title, shape, read: (values) => schema.safeParse(values) };
}

export function text(description: string, fallback: string) {
  return z
    .string()
    .default(fallback)
    .meta({ ...meta(description, fallback) });
}

export function optionalText(description: string, fallback = 'none') {
  return z
    .string()
    .optional()
    .meta({ ...meta(description, fallback) });
}

/** @param faultOf says what is wrong with a value, without repeating it */
export function secret(
  description: string,
  faultOf: (value: string) => string | undefined = () => undefined,
) {
  return z
    .string()
    .superRefine((value, context) => {
      const message = faultOf(value);
      if (message !== undefined) context.addIssue({ code: 'custom', message });
    })
    .optional()
    .meta({ ...meta(description, 'none'), secret: true });
}

/** A host name or an IP address, without port. */
export function host(description: string, fallback: string) {
  return z
    .string()
    .default(fallback)
    .refine((value) => isIP(value) !== 0 || /^[\w-]+(?:\.[\w-]+)*\.?$/.test(value), {
      error: 'must be a host name or an IP address',
    })
    .meta({ ...meta(description, fallback) });
}

/** Reverse proxies: IP addresses, networks such as `10.0.0.0/8`, or `loopback`, `linklocal`, `uniquelocal`. */
export function networks(description: string) {
  return list(description).refine((items) => items.every(isNetwork), {
    error: 'must be IP addresses or networks such as 10.0.0.0/8',
  });
}

const namedNetworks: ReadonlySet<string> = new Set(['loopback', 'linklocal', 'uniquelocal']);

function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return namedNetworks.has(text);
  return (
    bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
  );
}

/** `true`, `1`, `on`, `yes` or `false`, `0`, `off`, `no`. */
export function flag(description: string, fallback: boolean) {
  return z
    .string()
    .default(String(fallback))
    .transform((value, context) => {
      const known = flagValues[value.toLowerCase()];
      if (known !== undefined) return known;
      context.addIssue({ code: 'custom', message: 'must be true or false' });
      return z.NEVER;
    })
    .meta({ ...meta(description, String(fallback)) });
}

const flagValues: Readonly<Record<string, boolean>> = {
  true: true,
  1: true,
  on: true,
  yes: true,
  false: false,
  0: false,
  off: false,
  no: false,
};

interface Range {
  readonly min?: number;
  readonly max?: number;
}

export function integer(description: string, fallback: number, range: Range = {}) {
  const { min = 0, max = Number.MAX_SAFE_INTEGER } = range;
  return z
    .string()
    .default(String(fallback))
    .transform((value, context) => {
      const number = /^-?\d+$/.test(value) ? Number(value) : Number.NaN;
      if (number >= min && number <= max) return number;
      const limits = max === Number.MAX_SAFE_INTEGER ? `${min} or more` : `from ${min} to ${max}`;
      context.addIssue({ code: 'custom', message: `must be a whole number, ${limits}` });
      return z.NEVER;
    })
    .meta({ ...meta(description, String(fallback)) });
}

export function port(description: string, fallback: number) {
  return integer(description, fallback, { max: 65_535 });
}

export function choice<const T extends readonly [string, ...string[]]>(
  description: string,
  values: T,
  fallback: T[number],
) {
  return z
    .string()
    .default(fallback)
    .transform((value, context): T[number] => {
      const found = values.find((candidate) => candidate === value.toLowerCase());
      if (found !== undefined) return found;
      context.addIssue({ code: 'custom', message: `must be one of ${values.join(', ')}` });
      return z.NEVER;
    })
    .meta({
      ...meta(`${description} One of ${values.map((v) => `\`${v}\``).join(', ')}.`, fallback),
    });
}

/** Items separated by `separator`; empty ones are dropped. */
export function list(description: string, separator: string | RegExp = /[\s,]+/) {
  return z
    .string()
    .default('')
    .transform((value) => value.split(separator).filter((item) => item !== ''))
    .meta({ ...meta(description, 'none') });
}

export function pattern(description: string, fallback: string) {
  return z
    .string()
    .default(fallback)
    .transform((value, context) => {
      try {
        return new RegExp(value, 'u');
      } catch {
        context.addIssue({ code: 'custom', message: 'must be a regular expression' });
        return z.NEVER;
      }
    })
    .meta({ ...meta(description, fallback) });
}

function meta(description: string, fallback: string): SettingMeta {
  return { description, fallback, secret: false };
}

/** What was declared about a variable. */
export function settingMeta(schema: z.ZodType): SettingMeta {
  const { description = '', fallback, secret } = schema.meta() ?? {};
  return {
    description,
    fallback: typeof fallback === 'string' ? fallback : 'none',
    secret: secret === true,
  };
}
