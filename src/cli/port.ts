/** Parses a port number from an option or a variable. */
import { CommandError } from "./command-error.ts";

export function parsePort(name: string, written: string): number {
  const port = Number(written);
  if (/^\d+$/.test(written) && port > 0 && port < 65_536) return port;
  throw new CommandError(`${name} must be a whole number from 1 to 65535, not \`${written}\`.`);
}
