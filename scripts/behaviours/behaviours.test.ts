import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { behavioursDocument, outdatedReasons, type Reasons, unexplained } from './document.ts';
import { allClaims, claimsOf } from './test-titles.ts';

const root = join(import.meta.dirname, '../..');
const reasons: Reasons = JSON.parse(readFileSync(join(root, 'docs/behaviours-later.json'), 'utf8'));

describe('the map of behaviours', () => {
  it('reads numbers, lists and ranges out of test names', () => {
    const claims = claimsOf(
      'packages/server/src/x.test.ts',
      "it('P3, P5–P6: works', f); it('xmlrpc X3: works', f); it('3 things: no', f); it('registration 7, xmlrpc 2: z', f); it.each([1])('P9: y', f)",
    );
    expect(claims.map(({ list, number }) => `${list.name} ${list.letter}${number}`)).toEqual([
      'flexiapi P3',
      'flexiapi P5',
      'flexiapi P6',
      'xmlrpc X3',
      'registration 7',
      'xmlrpc 2',
      'flexiapi P9',
    ]);
  });

  it('has a test or a reason for every behaviour', () => {
    expect(unexplained(allClaims(root), reasons)).toEqual([]);
  });

  it('gives no reason where there is a test', () => {
    expect(outdatedReasons(allClaims(root), reasons)).toEqual([]);
  });

  it('is what the tests say (else run "node scripts/behaviours/main.ts")', () => {
    const page = readFileSync(join(root, 'docs/behaviours.md'), 'utf8');
    expect(page).toBe(behavioursDocument(allClaims(root), reasons));
  });
});
