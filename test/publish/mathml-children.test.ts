/** Checks that elements of MathML have as many children as they may have, on the page and in the feed. */
import { Parser } from "htmlparser2";
import { describe, expect, test } from "vitest";
import { publish } from "./one-text.ts";

/** Number of children in MathML. */
const arity: Readonly<Record<string, number>> = {
  msub: 2,
  msup: 2,
  msubsup: 3,
  munder: 2,
  mover: 2,
  munderover: 3,
  mfrac: 2,
  mroot: 2,
};

describe("elements of MathML with a fixed number of children have that many", () => {
  test.each([
    "L_{\\max}",
    "x^{\\min}",
    "L_{\\max}^{\\min}",
    "\\max_{\\min} x",
    "\\frac{\\max}{\\min}",
    "\\sqrt[\\max]{x}",
    "\\hat{\\max}",
    "\\overset{\\max}{=}",
    "\\sum_{\\max}^{\\min} x",
    "\\underbrace{x}_{\\max}",
    "a_{\\operatorname{arg}}",
    "a_{\\operatorname{arg}_{\\max}}",
  ])("%s", async (tex) => {
    const { page, feed } = await publish(`$$\n${tex}\n$$`);
    const wrong: string[] = [];
    const counts: number[] = [];
    const parser = new Parser(
      {
        onopentag() {
          counts[counts.length - 1] = (counts.at(-1) ?? 0) + 1;
          counts.push(0);
        },
        onclosetag(name) {
          const count = counts.pop();
          if (arity[name] !== undefined && arity[name] !== count) wrong.push(`${name} has ${count}`);
        },
      },
      { xmlMode: true },
    );
    parser.end(page + feed);
    expect(wrong).toEqual([]);
  });

  test("a function's name is a group of its own only where it must be", async () => {
    const { feed } = await publish("$L_{\\max}=\\max x$");
    expect(feed).toContain("<msub><mi>L</mi><mrow><mi>max</mi><mo>\u2061</mo></mrow></msub>");
    expect(feed).toContain("<mo>=</mo><mi>max</mi><mo>\u2061</mo>");
  });
});
