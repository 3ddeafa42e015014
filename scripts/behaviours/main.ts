import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { behavioursDocument, outdatedReasons, type Reasons, unexplained } from './document.ts';
import { allClaims } from './test-titles.ts';

const root = join(import.meta.dirname, '../..');
const reasons: Reasons = JSON.parse(readFileSync(join(root, 'docs/behaviours-later.json'), 'utf8'));
const claims = allClaims(root);
writeFileSync(join(root, 'docs/behaviours.md'), behavioursDocument(claims, reasons));
console.log(
  `docs/behaviours.md: ${new Set(claims.map((c) => `${c.list.title} ${c.number}`)).size} proven`,
);
for (const key of unexplained(claims, reasons)) console.log(`neither test nor reason: ${key}`);
for (const key of outdatedReasons(claims, reasons)) console.log(`reason no longer needed: ${key}`);
