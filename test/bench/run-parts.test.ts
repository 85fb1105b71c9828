/** Checks that `npm run bench` prints, and replaces earlier results only with `--write`. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runParts, type Wanted, wantedOf } from "./run-parts.ts";

const old = "# Measurements\n\n## Serving\n\nold\n\n## Lists\n\nold\n";
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bench-"));
  writeFileSync(join(folder, "results.md"), old);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function run(wanted: Partial<Wanted>) {
  const printed: string[] = [];
  const parts = {
    serving: async () => "## Serving\n\nnew",
    lists: async () => "## Lists\n\nnew",
  };
  const results = join(folder, "results.md");
  const place = {
    results,
    measured: "Measured today.",
    tell: () => undefined,
    print: (text: string) => void printed.push(text),
  };
  await runParts(parts, { isQuick: false, isWritten: false, ...wanted }, place);
  return { printed, written: readFileSync(results, "utf8") };
}

test("without --write the file stays as it was, whatever is measured", async () => {
  for (const wanted of [{}, { only: "lists" }, { only: "304" }, { isQuick: true }]) {
    const { printed, written } = await run(wanted);
    expect(written).toBe(old);
    expect(printed.length).toBe("only" in wanted ? 1 : 2);
  }
});

test("only --write writes: what else is asked for does not", () => {
  expect(wantedOf({})).toEqual({ only: undefined, isQuick: false, isWritten: false });
  expect(wantedOf({ only: "lists", quick: true })).toEqual({ only: "lists", isQuick: true, isWritten: false });
  expect(wantedOf({ write: true })).toEqual({ only: undefined, isQuick: false, isWritten: true });
});

test("with --write the parts that were measured take the place of what was there", async () => {
  expect((await run({ only: "lists", isWritten: true })).written).toBe(
    "# Measurements\n\n## Serving\n\nold\n\n## Lists\n\nnew\n\nMeasured today.\n",
  );
  expect((await run({ isWritten: true })).written).not.toContain("old");
});

test("figures that are too small or too few are not written", async () => {
  await expect(run({ isQuick: true, isWritten: true })).rejects.toThrow(
    "`--quick` only shows that everything works: it is not written.",
  );
  await expect(run({ only: "304", isWritten: true })).rejects.toThrow(
    "`304` is one kind of answer: `--write` writes whole parts, which are serving, lists.",
  );
});
