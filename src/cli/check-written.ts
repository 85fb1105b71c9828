/** What is written behind a command's name, held against what the command takes: a slip is refused, never guessed. */
import type { ArgsDef } from "citty";
import { advise } from "../publish/source/suggest.ts";
import { Refusal } from "./command-error.ts";

/** Names of the options that take a value: what stands behind one is no word of its own. */
export const valuedOptions = (args: ArgsDef): string[] =>
  Object.entries(args).flatMap(([name, { type }]) => (type === "string" ? [`--${name}`] : []));

/**
 * Throws a `Refusal` for what the command does not take. Citty lets an option pass that it does not know, and a
 * mistyped `--remote` would mean this machine; it takes `--yes=no` for yes, a missing value for an empty one, and
 * drops the second word of a title without quotes.
 */
export function checkWritten(args: ArgsDef, written: readonly string[]): void {
  const valued = valuedOptions(args);
  const options = Object.entries(args).flatMap(([name, { type }]) => (type === "positional" ? [] : [`--${name}`]));
  const known = [...options, "--help", "-h"];
  const words: string[] = [];
  for (const [at, argument] of written.entries()) {
    if (valued.includes(written[at - 1] ?? "")) continue;
    const [name = "", ...given] = argument.split("=");
    if (!argument.startsWith("-")) words.push(argument);
    else if (!known.includes(name)) {
      throw new Refusal(`Unknown option \`${name}\`. ${advise(name, known, "options")}`);
    } else if (valued.includes(name)) {
      const value = given.length > 0 ? given.join("=") : written[at + 1];
      // `--env ""` is wrangler's own way to name the top level.
      if (value === "" && name === "--env") continue;
      if (!value || known.includes(value)) throw new Refusal(`\`${name}\` needs a value. See \`--help\`.`);
    } else if (given.length > 0) throw new Refusal(`\`${name}\` takes no value: use it on its own, or leave it out.`);
  }
  const most = Object.values(args).filter(({ type }) => type === "positional").length;
  const tooMuch = words[most];
  if (tooMuch === undefined) return;
  throw new Refusal(
    most === 0
      ? `\`${tooMuch}\` is not a valid argument here. See \`--help\`.`
      : `\`${tooMuch}\` is an unexpected argument; put arguments that contain spaces in quotes. See \`--help\`.`,
  );
}
