/**
 * Neutralises formulas in CSV: spreadsheets evaluate cells that begin with `=`, `+`, `-` or `@`
 * (https://owasp.org/www-community/attacks/CSV_Injection). Exports put an apostrophe before them, and imports remove
 * exactly that one.
 */

const looksLikeFormula = /^'*[=+\-@\t\r\n]/;

export const neutralised = (cell: string): string => (looksLikeFormula.test(cell) ? `'${cell}` : cell);

export const asWritten = (cell: string): string =>
  cell.startsWith("'") && looksLikeFormula.test(cell) ? cell.slice(1) : cell;
