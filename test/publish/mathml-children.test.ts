/** Checks that elements of MathML have as many children as they may have, on the page and in the feed. */
import { Parser } from "htmlparser2";
import { describe, expect, test } from "vitest";
import { mathmlProblem } from "../../src/publish/maths/check-mathml.ts";
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
    "\\overbrace{x}_a^b",
    "\\underbrace{x}^a_{\\max}",
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

  test("a function's name in a script is one element: it is applied to nothing", async () => {
    const { page } = await publish("$L_{\\max}=\\max x$");
    expect(page).toContain("<msub><mi>L</mi><mi>max</mi></msub>");
    expect(page).toContain("<mo>=</mo><mi>max</mi><mo>\u2061</mo>");
  });
});

describe("malformed MathML is found", () => {
  test.each([
    ["<msub><mi>L</mi><mi>max</mi><mo>\u2061</mo></msub>", "<msub> has 3 children instead of 2"],
    ["<mfrac><mn>1</mn></mfrac>", "<mfrac> has 1 child instead of 2"],
    ["<mi>a<mo>+</mo></mi>", "<mi> contains <mo>"],
    ["<mrow>x</mrow>", "<mrow> contains text"],
    ["<mspace><mi>x</mi></mspace>", "<mspace> contains <mi>"],
    ["<mtable><mtr><mi>x</mi></mtr></mtable>", "<mtr> contains <mi>"],
    ["<semantics></semantics>", "<semantics> has no children"],
    ["<semantics><mi>x</mi><mi>y</mi></semantics>", "<semantics> contains <mi>"],
    [
      "<mmultiscripts><mi>F</mi><mn>1</mn><mprescripts></mprescripts></mmultiscripts>",
      "<mmultiscripts> has a script without its partner",
    ],
    ["<div></div>", "<div> is not part of MathML"],
  ])("%s", (mathml, problem) => {
    expect(mathmlProblem(`<math><mrow>${mathml}</mrow></math>`)).toBe(problem);
  });

  test.each([
    "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>",
    "<mmultiscripts><mi>F</mi><mn>1</mn><none/><mprescripts/><mn>2</mn><none/></mmultiscripts>",
    "<mtable><mtr><mtd></mtd><mtd><mi>x</mi><mo>+</mo></mtd></mtr></mtable>",
    "<semantics><mi>x</mi><annotation>x</annotation></semantics>",
  ])("but not in %s", (mathml) => {
    expect(mathmlProblem(`<math>${mathml}</math>`)).toBeUndefined();
  });
});
