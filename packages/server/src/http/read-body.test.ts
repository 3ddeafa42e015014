import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isServiceError } from '../errors/service-error.ts';
import { normaliseInput } from './normalise.ts';
import { parseFields, readBytes } from './read-body.ts';

const factsOf = (contentType: string | undefined, expectsJson = false) => ({
  expectsJson,
  header: (name: string) => (name === 'content-type' ? contentType : undefined),
});

const types = ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data', 'x'];

function outcomeOf(read: () => object): string {
  try {
    return typeof read() === 'object' ? 'fields' : 'nonsense';
  } catch (error) {
    return isServiceError(error) ? 'refusal' : String(error);
  }
}

describe('a body', () => {
  it('of any bytes under any label is fields or a refusal', () => {
    const bodies = fc.oneof(
      fc.uint8Array(),
      fc.json().map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(
        bodies,
        fc.constantFrom(undefined, ...types),
        fc.boolean(),
        (body, type, json) => {
          const outcome = outcomeOf(() => parseFields(Buffer.from(body), factsOf(type, json)));
          expect(['fields', 'refusal']).toContain(outcome);
        },
      ),
    );
  });

  it('keeps JSON objects as they are', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer())), (fields) => {
        const bytes = Buffer.from(JSON.stringify(fields));
        expect(parseFields(bytes, factsOf('application/json'))).toEqual(
          JSON.parse(bytes.toString()),
        );
      }),
    );
  });

  it('is read whole up to the limit and refused beyond it', async () => {
    const parts = () => Readable.from([Buffer.alloc(600), Buffer.alloc(400)]);
    expect(await readBytes(parts(), 1000)).toHaveLength(1000);
    await expect(readBytes(parts(), 999)).rejects.toMatchObject({ code: 'request.too_large' });
  });
});

describe('normalised input', () => {
  it('is normal: doing it again changes nothing', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (fields) => {
        const once = normaliseInput({}, fields);
        expect(normaliseInput({}, once)).toEqual(once);
        expect(Object.keys(once)).not.toContain('asAdmin');
      }),
    );
  });

  it('prefers the body to the query', () => {
    expect(normaliseInput({ a: '1', b: '2' }, { a: '3' })).toEqual({ a: '3', b: '2' });
  });
});
