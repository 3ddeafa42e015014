/** Form field with the sealed challenge. */
export const challengeField = 'captcha_challenge';
/** Form field that the browser fills with the numbers it found. */
export const solutionField = 'captcha_solution';
