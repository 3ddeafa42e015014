import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  attributeName,
  catalogue,
  isPhraseKey,
  locales,
  negotiateLocale,
  translate,
} from './index.ts';

describe('the language of an answer', () => {
  it.each([
    [undefined, 'en'],
    ['fr', 'fr'],
    ['fr-CA', 'fr'],
    ['de', 'en'],
    ['de, fr;q=0.5', 'fr'],
    ['fr;q=0.5, en', 'en'],
    ['en;q=0.2, fr;q=0.9', 'fr'],
    ['fr;q=0', 'en'],
    ['*', 'en'],
  ])('Accept-Language %s gives %s', (header, locale) => {
    expect(negotiateLocale(header)).toBe(locale);
  });

  it('is one we speak, whatever the header says', () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        expect(locales).toContain(negotiateLocale(header));
      }),
    );
  });
});

describe('a phrase', () => {
  const places = (text: string) =>
    [...text.matchAll(/\{(\w+)\}/g)].map(([place]) => place).toSorted();

  it('has the same places in every language, and words', () => {
    const keys = Object.keys(catalogue.en).filter(isPhraseKey);
    const differing = keys.filter((key) => {
      const [en, fr] = [catalogue.en[key], catalogue.fr[key]];
      return places(en).join(' ') !== places(fr).join(' ') || fr.trim() === '';
    });
    expect(differing).toEqual([]);
  });

  it('is filled with the given values; unknown places stay', () => {
    const params = { attribute: 'name', min: 3 };
    expect(translate('en', 'validation.min_string', params)).toBe(
      'The name field must be at least 3 characters.',
    );
    expect(translate('en', 'validation.required')).toBe('The {attribute} field is required.');
  });

  it('names fields in the reader’s language', () => {
    expect(attributeName('fr', 'username')).toBe('pseudo');
    expect(attributeName('fr', 'some_field')).toBe('some field');
  });

  it('is known by its key only', () => {
    expect(isPhraseKey('validation.required')).toBe(true);
    expect(isPhraseKey('toString')).toBe(false);
  });
});
