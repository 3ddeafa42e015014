import { solutionField } from './proof-of-work-fields.ts';
import { createShortHash, findSolution } from './solver.ts';

/**
 * Solves the puzzles of the page's form a slice at a time, so that the page stays alive, and lets the
 * form be sent when all are solved. Runs in the browser.
 */
const drive = `
const field = document.querySelector('[name=${solutionField}]');
const form = field.form, button = form.querySelector('button');
const working = form.querySelector('[data-working]'), progress = working.querySelector('progress');
const { salt, bits, puzzles } = field.dataset;
const shortHash = createShortHash(), solutions = [];
let next = 0;
button.disabled = true;
working.hidden = false;
const slice = () => {
  const until = performance.now() + 30;
  while (performance.now() < until) {
    const found = findSolution(shortHash, salt + '.' + solutions.length + '.', Number(bits), next, 500);
    next = found === undefined ? next + 500 : 0;
    if (found === undefined) continue;
    progress.value = solutions.push(found);
    if (solutions.length < Number(puzzles)) continue;
    field.value = solutions.join(',');
    button.disabled = false;
    working.hidden = true;
    return;
  }
  setTimeout(slice, 0);
};
slice();
`;

/** The program of a page with our captcha. */
export const solverScript = `(() => {
${createShortHash.toString()}
${findSolution.toString()}
${drive}})();`;
