/**
 * Values of a `linphonerc` are text that C functions read; a number means here what it means to
 * liblinphone (provisioning-client.md §1.7), octal and all.
 */

const INTEGER = /^\s*([+-]?)(?:0[xX]([0-9a-fA-F]+)|0([0-7]*)|([1-9][0-9]*))/;
const DECIMAL = /^\s*([+-]?)([0-9]+)/;
const FLOAT =
  /^\s*([+-]?)(?:(inf(?:inity)?)|([0-9]+\.?[0-9]*(?:e[+-]?[0-9]+)?|\.[0-9]+(?:e[+-]?[0-9]+)?))/i;

const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;

/**
 * A C integer of any base: `0x` hexadecimal, leading `0` octal, else decimal; stops at the first
 * character that does not fit. Unparsable text is 0; larger numbers are cut to 32 bits.
 */
export function parseCInt(text: string): number {
  const [, sign, hex, octal, decimal] = INTEGER.exec(text) ?? [];
  const digits = hex ?? octal ?? decimal ?? '';
  if (digits === '') return 0;
  if (digits.length <= 7) {
    const magnitude = Number.parseInt(
      digits,
      hex !== undefined ? 16 : octal !== undefined ? 8 : 10,
    );
    return sign === '-' && magnitude !== 0 ? -magnitude : magnitude;
  }
  const prefix = hex !== undefined ? '0x' : octal !== undefined ? '0o' : '';
  return Number(BigInt.asIntN(32, toInt64(sign, prefix, digits)));
}

/** A decimal 64-bit integer; unparsable text is 0, larger numbers are clamped. */
export function parseCInt64(text: string): bigint {
  const [, sign, digits] = DECIMAL.exec(text) ?? [];
  return digits === undefined ? 0n : toInt64(sign, '', digits);
}

/** A C floating point number, or undefined when the text does not start with one. */
export function parseCFloat(text: string): number | undefined {
  const [, sign, infinity, digits] = FLOAT.exec(text) ?? [];
  if (infinity === undefined && digits === undefined) return undefined;
  const magnitude = infinity !== undefined ? Number.POSITIVE_INFINITY : Number(digits);
  return sign === '-' ? -magnitude : magnitude;
}

function toInt64(sign: string | undefined, prefix: '' | '0x' | '0o', digits: string): bigint {
  const significant = digits.replace(/^0+(?=.)/, '');
  // Out of range in any base; spares the conversion of a very long number.
  const magnitude = significant.length > 22 ? INT64_MAX + 1n : BigInt(prefix + significant);
  const value = sign === '-' ? -magnitude : magnitude;
  if (value > INT64_MAX) return INT64_MAX;
  return value < INT64_MIN ? INT64_MIN : value;
}
