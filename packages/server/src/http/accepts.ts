/** The two header fields that say what kind of answer a client can read. */
export interface AnswerPreferences {
  readonly accept: string | undefined;
  readonly requestedWith: string | undefined;
}

/**
 * Whether the caller is a program that expects JSON (reference §1.2): the first acceptable type is a
 * JSON one, or anything is acceptable to an XMLHttpRequest.
 */
export function expectsJson({ accept, requestedWith }: AnswerPreferences): boolean {
  const first = firstType(accept);
  if (first.includes('/json') || first.includes('+json')) return true;
  return requestedWith === 'XMLHttpRequest' && (first === '' || first === '*/*' || first === '*');
}

/** Whether the caller is a browser showing a page. */
export function prefersHtml({ accept, requestedWith }: AnswerPreferences): boolean {
  if (requestedWith === 'XMLHttpRequest') return false;
  const first = firstType(accept);
  return first === 'text/html' || first === 'application/xhtml+xml';
}

/** The most wanted type: highest quality, the earlier one among equals. */
function firstType(accept: string | undefined): string {
  if (accept === undefined) return '';
  if (!/[,;]/.test(accept)) return accept.trim().toLowerCase();
  let best = '';
  let bestQuality = -1;
  for (const item of accept.split(',', 32)) {
    const [type = '', ...parameters] = item.split(';');
    const quality = parameters.find((parameter) => parameter.trim().startsWith('q='));
    const value = quality === undefined ? 1 : Number(quality.trim().slice(2)) || 0;
    if (value > bestQuality) {
      best = type.trim().toLowerCase();
      bestQuality = value;
    }
  }
  return best;
}
