/** Reads a whole number from the environment: a slip must not play no storms at all, and pass. */

export function wholeNumber(name: string, standard: number): number {
  const written = process.env[name];
  if (written === undefined || written === "") return standard;
  if (/^[1-9]\d{0,8}$/.test(written)) return Number(written);
  throw new Error(`${name} must be a whole number from 1 on, not \`${written}\`.`);
}
