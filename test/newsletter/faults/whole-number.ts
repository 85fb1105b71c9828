/** Reads an integer from the environment; throws on a typo, which would otherwise play no storms and pass. */

export function wholeNumber(name: string, standard: number): number {
  const written = process.env[name];
  if (written === undefined || written === "") return standard;
  if (/^[1-9]\d{0,8}$/.test(written)) return Number(written);
  throw new Error(`${name} must be a whole number from 1 on, not \`${written}\`.`);
}
