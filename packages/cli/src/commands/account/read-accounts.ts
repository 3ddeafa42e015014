import { CsvError, parse } from 'csv-parse/sync';
import type { newAccount } from '../../new-account.ts';
import { UsageError } from '../../output/usage-error.ts';

/** The fields of a line. */
export const ACCOUNT_FIELDS = 'user@domain,password,display name,email,phone';

/** An account to create, and the line that says so. */
export interface AccountRow {
  readonly line: number;
  readonly address: string;
  readonly details: Parameters<typeof newAccount>[2];
}

/**
 * Reads comma-separated values (RFC 4180): a field in quotes may hold commas, spaces at its ends, and
 * quotes written twice. An empty field is an absent one; lines that begin with `#` are skipped.
 * @throws UsageError naming the line
 */
export function readAccounts(file: string, content: string): AccountRow[] {
  return readLines(file, content).map(({ line, fields }) => {
    if (fields.length > 5) {
      throw new UsageError(
        `${file}:${line} has ${fields.length} fields; expected ${ACCOUNT_FIELDS}`,
      );
    }
    const [address = '', password, displayName, email, phone] = fields.map((f) => f || undefined);
    const details = { password, displayName, email, phone, activated: true };
    return { line, address, details };
  });
}

function readLines(file: string, content: string) {
  const lines: { readonly line: number; readonly fields: readonly string[] }[] = [];
  try {
    parse(content, {
      comment: '#',
      comment_no_infix: true,
      relax_column_count: true,
      // A quote inside of a field that has none around it is a character like any other.
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
      on_record: (fields: string[], context) => {
        lines.push({ line: context.lines, fields });
        return fields;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new UsageError(`${file}:${String(error['lines'])} cannot be read: is a quote missing?`);
  }
  return lines;
}
