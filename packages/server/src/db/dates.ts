import type { DbDate } from './column-types.ts';

/**
 * Column value of an instant, cut to the second: `YYYY-MM-DD HH:MM:SS`, UTC.
 * @param ms milliseconds since the Unix epoch
 */
export function toDbDate(ms: number): DbDate {
  const second = Math.floor(ms / 1000);
  if (second !== last.second) {
    const iso = new Date(ms).toISOString();
    last = { second, date: `${iso.slice(0, 10)} ${iso.slice(11, 19)}` };
  }
  return last.date;
}

/** Most columns say `now`, and a busy server writes thousands of them in one second. */
let last: { readonly second: number; readonly date: DbDate } = {
  second: 0,
  date: '1970-01-01 00:00:00',
};

/**
 * Milliseconds since the Unix epoch of a date column. A date that is none (FAM's non-strict mode
 * left `0000-00-00 00:00:00` behind) reads as the epoch: long past, as such dates were treated.
 */
export function fromDbDate(date: DbDate): number {
  const ms = Date.parse(`${date.slice(0, 10)}T${date.slice(11, 19) || '00:00:00'}Z`);
  return Number.isNaN(ms) ? 0 : ms;
}

/** The date as the JSON API prints it: `YYYY-MM-DDTHH:MM:SS.000000Z` (flexiapi-core.md §1.5). */
export function toJsonDate(date: DbDate): string {
  return `${date.slice(0, 10)}T${date.slice(11, 19) || '00:00:00'}.000000Z`;
}
