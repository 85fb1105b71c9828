/** Measures the requested comparisons with another checkout, and writes their sections only on request. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CommandError } from "../../../src/cli/command-error.ts";
import { repository } from "../../world.ts";
import { type Place, runParts, type Wanted } from "../run-parts.ts";
import { openCheckout, versionOf } from "./checkout.ts";
import { deskSection } from "./desk.ts";
import { growingSection } from "./growing.ts";
import type { BesideOrder } from "./order.ts";
import { publishingSection } from "./publishing.ts";
import { servingSection } from "./serving.ts";
import { startingSection } from "./starting.ts";
import { copyCheckout } from "./working-copy.ts";

const comparisons: Readonly<Record<string, (order: BesideOrder) => Promise<string>>> = {
  serving: servingSection,
  starting: startingSection,
  desk: deskSection,
  publishing: publishingSection,
  growing: growingSection,
};

export interface BesideWanted extends Wanted {
  readonly folder: string;
  /** Rounds of short measurements; long ones have a third. */
  readonly rounds: number;
  /** Of the generated library that is published. */
  readonly chapters: number;
}

export const defaults = { rounds: 5, chapters: 1000 } as const;

/** Parses the number of rounds or chapters; throws a `CommandError` unless it is a whole number from 1. */
export function parseCount(written: string): number {
  if (/^[1-9]\d{0,4}$/.test(written)) return Number(written);
  throw new CommandError(`\`${written}\` is not a number of rounds or chapters: give a whole number from 1 to 99999.`);
}

export async function runBeside({ folder, rounds, chapters, ...wanted }: BesideWanted, place: Place): Promise<void> {
  const checkout = openCheckout(folder);
  if (wanted.only !== undefined && !(wanted.only in comparisons)) {
    throw new CommandError(
      `\`--only ${wanted.only}\`: with \`--beside\`, choose one of ${Object.keys(comparisons).join(", ")}.`,
    );
  }
  const home = mkdtempSync(join(tmpdir(), "library-beside-"));
  try {
    place.tell("copies of both versions");
    const copies = {
      before: copyCheckout(checkout.root, join(home, "before")),
      after: copyCheckout(repository, join(home, "after")),
    };
    const often = wanted.isQuick ? { short: 2, long: 1 } : { short: rounds, long: Math.ceil(rounds / 3) };
    const parts = Object.fromEntries(
      Object.entries(comparisons).map(([name, compare]) => [
        name,
        ({ isQuick, tell }: Pick<BesideOrder, "isQuick" | "tell">) =>
          compare({ copies, checkout, rounds: often, chapters: isQuick ? 30 : chapters, isQuick, tell }),
      ]),
    );
    const measured = `${place.measured} Before: ${checkout.version}. After: ${versionOf(repository)}.`;
    await runParts(parts, wanted, { ...place, measured });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
