/** `key=value`. The value is never empty: in a `linphonerc` empty and absent are the same. */
export interface LinphonercEntry {
  readonly kind: 'entry';
  readonly key: string;
  readonly value: string;
}

/** A whole comment line, verbatim, its leading blanks included. */
export interface LinphonercComment {
  readonly kind: 'comment';
  readonly text: string;
}

/** What a section holds, in the order of the file. */
export type LinphonercItem = LinphonercEntry | LinphonercComment;

/** `[name key=value …]` and the lines below it; names and keys are unique in their place. */
export interface LinphonercSection {
  readonly name: string;
  /** Parameters of the header line; a key may repeat, the first counts. */
  readonly params: readonly (readonly [key: string, value: string])[];
  readonly items: readonly LinphonercItem[];
}

/** A `linphonerc` configuration in file order (provisioning-client.md §1.1). */
export interface Linphonerc {
  readonly sections: readonly LinphonercSection[];
}

/** Whether `name` can stand in a section header and be read back. */
export function isWritableSectionName(name: string): boolean {
  return /^[^ \t\n\v\f\r\]\0]+$/.test(name);
}

/** Whether `key` can stand before `=` and be read back: not a comment, not a section header. */
export function isWritableKey(key: string): boolean {
  return /^[^ \t\n\v\f\r=#[\0][^ \t\n\v\f\r=\0]*$/.test(key);
}

/** Whether `text` can stand in a file and in a document: one line, no control characters (XML 1.0 §2.2). */
export function isWritableValue(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
  return text.isWellFormed() && !/[\0-\x08\n-\x1f\ufffe\uffff]/.test(text);
}
