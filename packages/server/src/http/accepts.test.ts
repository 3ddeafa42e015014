import { describe, expect, it } from 'vitest';
import { expectsJson, prefersHtml } from './accepts.ts';

const of = (accept: string | undefined, requestedWith?: string) => ({ accept, requestedWith });

describe('what a client can read', () => {
  it.each([
    ['application/json', true],
    ['application/problem+json', true],
    ['text/html, application/json', false],
    ['text/html;q=0.1, application/json', true],
    ['*/*', false],
    [undefined, false],
  ])('Accept %s expects JSON: %s', (accept, expected) => {
    expect(expectsJson(of(accept))).toBe(expected);
  });

  it('is JSON for an XMLHttpRequest that accepts anything', () => {
    expect(expectsJson(of('*/*', 'XMLHttpRequest'))).toBe(true);
    expect(expectsJson(of(undefined, 'XMLHttpRequest'))).toBe(true);
    expect(expectsJson(of('text/html', 'XMLHttpRequest'))).toBe(false);
  });

  it('is a page for browsers', () => {
    expect(prefersHtml(of('text/html,application/xhtml+xml,*/*;q=0.8'))).toBe(true);
    expect(prefersHtml(of('*/*'))).toBe(false);
  });
});
