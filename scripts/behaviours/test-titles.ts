import { globSync, readFileSync } from 'node:fs';
import { BEHAVIOUR_LISTS, type BehaviourList } from './lists.ts';

/** A behaviour a test claims to prove. */
export interface Claim {
  readonly list: BehaviourList;
  readonly number: number;
  readonly file: string;
}

// The title follows `it(`, or the table of `it.each(…)(`.
const TITLE =
  /(?:\b(?:it|test)(?:\.\w+)*\(|\)\()\s*(['"`])((?:[a-z]+(?:-[a-z]+)* )?[A-Z]?\d[^:'"`\n]*):/g;
const RANGE = /(?:\b([a-z]+(?:-[a-z]+)*) )?([A-Z]?)(\d+)(?:\s*[–-]\s*[A-Z]?(\d+))?/g;

const listOf = (file: string, prefix: string, letter: string): BehaviourList | undefined =>
  BEHAVIOUR_LISTS.find(
    (list) =>
      list.letter === letter &&
      (prefix === ''
        ? letter !== '' &&
          (list.folders ?? []).some((folder) => file.startsWith(`${folder}/`)) &&
          // X1 in the XML-RPC folders is xmlrpc.md's, elsewhere flexiapi-core.md's.
          !(list.name === 'flexiapi' && file.includes('/xml-rpc/'))
        : list.name === prefix),
  );

/**
 * The numbers at the start of test names: `P12: …`, `registration 12, 14–16: …`,
 * `account-creator 89, provisioning-client 45: …`.
 */
export function claimsOf(file: string, source: string): Claim[] {
  const claims: Claim[] = [];
  for (const [, , head = ''] of source.matchAll(TITLE)) {
    let prefix = '';
    let letter = '';
    for (const [, name, first, from, to] of head.matchAll(RANGE)) {
      if (name !== undefined) [prefix, letter] = [name, ''];
      letter = first || letter;
      const list = listOf(file, prefix, letter);
      if (list === undefined) continue;
      for (let number = Number(from); number <= Number(to ?? from); number++) {
        if (number >= 1 && number <= list.last) claims.push({ list, number, file });
      }
    }
  }
  return claims;
}

/** Every claim of every test in the repository. */
export function allClaims(root: string): Claim[] {
  return globSync(['packages/*/src/**/*.test.ts', 'interop/**/*.test.ts'], { cwd: root })
    .toSorted()
    .flatMap((file) => claimsOf(file, readFileSync(`${root}/${file}`, 'utf8')));
}
