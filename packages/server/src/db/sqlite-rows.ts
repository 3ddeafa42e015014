import type { SQLInputValue, StatementSync } from 'node:sqlite';

/**
 * Reads rows as lists and makes the objects here: node:sqlite would look up each column's name for
 * each row, and its objects are slow to read.
 */
export function readRows(statement: StatementSync): (parameters: SQLInputValue[]) => unknown[] {
  statement.setReturnArrays(true);
  let names = columnNames(statement);
  const named = (values: readonly unknown[]): Record<string, unknown> => {
    // Another process may have added a column to the table.
    if (values.length !== names.length) names = columnNames(statement);
    const row: Record<string, unknown> = {};
    for (let index = 0; index < names.length; index++) row[names[index] ?? ''] = values[index];
    return row;
  };
  return (parameters) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- lists by the setting above, which the types do not follow
    const rows = statement.all(...parameters) as unknown as readonly (readonly unknown[])[];
    return rows.map((values) => named(values));
  };
}

function columnNames(statement: StatementSync): readonly string[] {
  return statement.columns().map(({ name }) => name);
}

/** Row types allow only what SQLite binds; node:sqlite itself refuses anything else. */
export function bindable(parameters: readonly unknown[]): SQLInputValue[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checked by node:sqlite at run time
  return parameters as SQLInputValue[];
}
