import { BEHAVIOUR_LISTS, type BehaviourList } from './lists.ts';
import type { Claim } from './test-titles.ts';

/** Why a behaviour has no test: `"registration 7": "needs calls"`, `"P9": …`. */
export type Reasons = Readonly<Record<string, string>>;

const HEAD = `# Behaviours

What is proven, by number. The numbers are those of the references' lists "behaviours that must hold"; a test that proves one begins its name with it.
This page is generated from the tests (\`node scripts/behaviours/main.ts\`) and a test keeps it true. What has no test says why; those reasons are in
\`docs/behaviours-later.json\`.
`;

const keyOf = (list: BehaviourList, number: number): string =>
  list.name === 'flexiapi' ? `${list.letter}${number}` : `${list.name} ${list.letter}${number}`;

const shortFile = (file: string): string =>
  file
    .replace(/^packages\//, '')
    .replace('/src/', '/')
    .replace(/\.test\.ts$/, '');

function section(list: BehaviourList, claims: readonly Claim[], reasons: Reasons): string {
  const own = claims.filter((claim) => claim.list === list);
  const rows: string[] = [];
  let proven = 0;
  for (let number = 1; number <= list.last; number++) {
    const files = [
      ...new Set(own.filter((c) => c.number === number).map((c) => shortFile(c.file))),
    ];
    if (files.length > 0) proven++;
    const text =
      files.length > 0 ? files.join(', ') : `later: ${reasons[keyOf(list, number)] ?? '?'}`;
    rows.push(`| ${list.letter}${number} | ${text} |`);
  }
  return `## ${list.title}: ${proven} of ${list.last}\n\n| # | Proven by |\n| --- | --- |\n${rows.join('\n')}\n`;
}

/** The whole page. */
export function behavioursDocument(claims: readonly Claim[], reasons: Reasons): string {
  return [HEAD, ...BEHAVIOUR_LISTS.map((list) => section(list, claims, reasons))].join('\n');
}

/** Behaviours with neither a test nor a reason. */
export function unexplained(claims: readonly Claim[], reasons: Reasons): string[] {
  const proven = new Set(claims.map((claim) => keyOf(claim.list, claim.number)));
  return BEHAVIOUR_LISTS.flatMap((list) =>
    Array.from({ length: list.last }, (_, index) => keyOf(list, index + 1)),
  ).filter((key) => !proven.has(key) && reasons[key] === undefined);
}

/** Reasons that no longer apply because there is a test now. */
export function outdatedReasons(claims: readonly Claim[], reasons: Reasons): string[] {
  const proven = new Set(claims.map((claim) => keyOf(claim.list, claim.number)));
  return Object.keys(reasons).filter((key) => proven.has(key));
}
