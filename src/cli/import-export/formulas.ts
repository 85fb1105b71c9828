/**
 * Spreadsheets compute a cell that begins with `=`, `+`, `-` or `@` (https://owasp.org/www-community/attacks/CSV_Injection).
 * In our own lists an apostrophe stands before it; reading takes exactly that one away again.
 */

const looksLikeFormula = /^'*[=+\-@\t\r\n]/;

export const neutralised = (cell: string): string => (looksLikeFormula.test(cell) ? `'${cell}` : cell);

export const asWritten = (cell: string): string =>
  cell.startsWith("'") && looksLikeFormula.test(cell) ? cell.slice(1) : cell;
