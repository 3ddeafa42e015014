import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCFloat, parseCInt, parseCInt64 } from './c-values.ts';

describe('parseCInt', () => {
  it.each([
    ['42', 42],
    ['-7', -7],
    ['+7', 7],
    ['  9', 9],
    ['0x1F', 31],
    ['0X1f', 31],
    ['-0x10', -16],
    ['0x', 0],
    ['0xffffffff', -1],
    ['010', 8],
    ['08', 0],
    ['01778', 127],
    ['12abc', 12],
    ['1.9', 1],
    ['true', 0],
    ['', 0],
    ['-', 0],
    ['0 #note', 0],
    ['2147483648', -2147483648],
    ['4294967296', 0],
    ['9999999999999999999999', -1],
    ['-9999999999999999999999', 0],
    ['00000000000000000000000000000000017', 15],
  ])('reads %j as %d', (text, value) => {
    expect(parseCInt(text)).toBe(value);
  });

  it('reads back every 32-bit integer', () => {
    fc.assert(
      fc.property(fc.integer(), (value) => {
        expect(parseCInt(String(value))).toBe(value);
        expect(parseCInt(`0x${(value >>> 0).toString(16)}`)).toBe(value);
      }),
    );
  });

  it('gives a 32-bit integer for any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const value = parseCInt(text);
        expect(value | 0).toBe(value);
      }),
    );
  });
});

describe('parseCInt64', () => {
  it.each([
    ['010', 10n],
    ['0x10', 0n],
    ['-5x', -5n],
    ['+9007199254740993', 9007199254740993n],
    ['99999999999999999999', 9223372036854775807n],
    ['-99999999999999999999', -9223372036854775808n],
    ['word', 0n],
  ])('reads %j as %d', (text, value) => {
    expect(parseCInt64(text)).toBe(value);
  });
});

describe('parseCFloat', () => {
  it.each([
    ['1.5', 1.5],
    [' -.5e1x', -5],
    ['3.', 3],
    ['1e400', Number.POSITIVE_INFINITY],
    ['-inf', Number.NEGATIVE_INFINITY],
    ['word', undefined],
    ['.', undefined],
  ])('reads %j as %d', (text, value) => {
    expect(parseCFloat(text)).toBe(value);
  });
});
