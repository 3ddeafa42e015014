/** A boolean column: 0 or 1 as a number on every engine (Flexisip compares `activated = 1`). */
export type Flag = 0 | 1;

/** A date column: UTC wall clock `YYYY-MM-DD HH:MM:SS`, text on every engine (see dates.ts). */
export type DbDate = string;

/** The column value of a boolean. */
export function toFlag(value: boolean): Flag {
  return value ? 1 : 0;
}
