/**
 * Checks that a problem is reported at its exact character, however deeply it is nested in lists, quotations, tables
 * and boxes.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { inlineMarkdown, textAround } from "./any-text.ts";
import { compile } from "./one-text.ts";

/** A line with the spot at its start, in its middle or at its end. */
const lineWith = (spot: string) =>
  fc.oneof(
    fc.constant(spot),
    fc.tuple(inlineMarkdown, inlineMarkdown).map(([before, after]) => `${before} ${spot} ${after}`),
    fc.tuple(inlineMarkdown, inlineMarkdown).map(([before, inside]) => `${before} *${inside} ${spot}*`),
  );

const place = (text: string, offset: number): string => {
  const before = text.slice(0, offset).split("\n");
  return `${before.length}:${[...(before.at(-1) ?? "")].length + 1}`;
};

/** Checks texts with one mistake at a known position; texts in which the spot has a different meaning are skipped. */
const checkPlaces = (spot: string, mark: string, message: RegExp) =>
  fc.assert(
    fc.asyncProperty(textAround(lineWith(spot)), async (text) => {
      const { problems } = await compile(text);
      const found = problems.filter((problem) => message.test(problem.message));
      fc.pre(found.length === 1 && problems.length === 1);
      expect(found.map(({ line, column }) => `${line}:${column}`)).toEqual([place(text, text.indexOf(mark))]);
    }),
    { numRuns: 800, seed: 17730116, maxSkipsPerRun: 100 },
  );

test("bad TeX in a formula", { timeout: 120_000 }, async () => {
  await checkPlaces("$x + \\kettle{y}$", "\\kettle", /Undefined control sequence: \\kettle/);
});

test("a dead link", { timeout: 120_000 }, async () => {
  await checkPlaces("[dead](nowhere)", "[dead]", /There is no chapter `nowhere`/);
});

test("a work that is not among the references", { timeout: 120_000 }, async () => {
  await checkPlaces("[@Nobody99]", "[@Nobody99]", /`Nobody99` is not among/);
});

test("raw HTML that is not allowed", { timeout: 120_000 }, async () => {
  await checkPlaces("<blink>", "<blink>", /`<blink>` is not allowed HTML/);
});
