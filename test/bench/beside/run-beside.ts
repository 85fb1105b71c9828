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
}

export const defaultRounds = 5;

/** The number of rounds; throws a `CommandError` unless it is a whole number from 1. */
export function parseRounds(written: string): number {
  if (/^[1-9]\d{0,2}$/.test(written)) return Number(written);
  throw new CommandError(`\`--rounds ${written}\`: give a whole number from 1 to 999.`);
}

export async function runBeside({ folder, rounds, ...wanted }: BesideWanted, place: Place): Promise<void> {
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
          compare({ copies, checkout, rounds: often, isQuick, tell }),
      ]),
    );
    const measured = `${place.measured} Before: ${checkout.version}. After: ${versionOf(repository)}.`;
    await runParts(parts, wanted, { ...place, measured });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
