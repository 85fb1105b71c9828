/** Measures the requested parts one after the other, and writes their sections only on request. */
import { readFileSync, writeFileSync } from "node:fs";
import { CommandError } from "../../src/cli/command-error.ts";
import { type Order, withSections } from "./sections.ts";

export type Parts = Readonly<Record<string, (order: Order) => Promise<string>>>;

export interface Wanted {
  /** A part, or one kind of answer of `serving`; by default everything. */
  readonly only?: string | undefined;
  readonly isQuick: boolean;
  readonly isWritten: boolean;
}

/** Options of `npm run bench`. */
interface Written {
  readonly only?: string | undefined;
  readonly quick?: boolean | undefined;
  readonly write?: boolean | undefined;
}

/** Writes only with `--write`. */
export const wantedOf = ({ only, quick = false, write = false }: Written): Wanted => ({
  only,
  isQuick: quick,
  isWritten: write,
});

export interface Place {
  /** Path of results.md. */
  readonly results: string;
  /** The line below each section. */
  readonly measured: string;
  readonly tell: (line: string) => void;
  readonly print: (text: string) => void;
}

/** Throws a `CommandError` if the results would be too small or incomplete to be stored. */
export async function runParts(parts: Parts, { only, isQuick, isWritten }: Wanted, place: Place): Promise<void> {
  const isPart = only !== undefined && only in parts;
  if (isWritten && isQuick) throw new CommandError("`--quick` only shows that everything works: it is not written.");
  if (isWritten && only !== undefined && !isPart) {
    throw new CommandError(
      `\`${only}\` is one kind of answer: \`--write\` writes whole parts, which are ${Object.keys(parts).join(", ")}.`,
    );
  }
  const asked = isPart ? [only] : only === undefined ? Object.keys(parts) : ["serving"];
  for (const name of asked) {
    place.tell(`${name}:`);
    const tell = (line: string) => place.tell(`  ${line}`);
    const section = await parts[name]?.({ isQuick, answer: isPart ? undefined : only, tell });
    if (section === undefined) continue;
    place.print(`${section}\n`);
    // Each section as soon as it is measured, because the whole run takes half an hour.
    if (!isWritten) continue;
    writeFileSync(
      place.results,
      withSections(readFileSync(place.results, "utf8"), [`${section}\n\n${place.measured}`]),
    );
  }
}
