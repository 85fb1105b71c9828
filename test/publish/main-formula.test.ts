/** Checks which formula of a text is on the image beside links, and how it ends. */
import { describe, expect, test } from "vitest";
import { withoutEndMark } from "../../src/publish/text/main-formula.ts";
import { compile } from "./one-text.ts";

const text = "Tea is\n\n$$\na=b .\n$$\n\nhot, and\n\n$$\nc=d, \\label{first}\n$$\n\n$$\ne=f. \\label{second}\n$$";

const chosenFrom = async (markdown: string, share?: string) => {
  const { mainFormula, problems } = await compile(markdown, undefined, undefined, share === undefined ? {} : { share });
  return [mainFormula, ...problems.map(({ message, fix }) => [message, fix])];
};

describe("the main formula is", () => {
  test("the first numbered equation", async () => expect(await chosenFrom(text)).toEqual(["c=d"]));
  test("the equation whose label `share` names", async () => expect(await chosenFrom(text, "second")).toEqual(["e=f"]));
  test("the TeX in `share`", async () => expect(await chosenFrom(text, "\\frac{g}{h}.")).toEqual(["\\frac{g}{h}"]));
  test("nothing in a text without a numbered equation", async () =>
    expect(await chosenFrom("Tea is\n\n$$\na=b .\n$$")).toEqual([undefined]));
});

describe("`share` is wrong", () => {
  test("if no equation has that label", async () =>
    expect(await chosenFrom(text, "secnod")).toEqual([
      undefined,
      ["No equation has the label `secnod`.", "Did you mean `second`?"],
    ]));
  test("if it is not valid TeX", async () =>
    expect(await chosenFrom(text, "\\frac{g")).toEqual([
      undefined,
      [
        "`share` is neither the label of an equation nor valid TeX: Unexpected end of input in a macro argument, expected '}'.",
        "Write a label, or TeX without dollar signs.",
      ],
    ]));
});

test.each([
  ["a=b,", "a=b"],
  ["a=b\\,.", "a=b"],
  ["a=b\\qquad .", "a=b\\qquad"],
  ["\\begin{aligned}a&=b,\\\\c&=d.\\end{aligned}", "\\begin{aligned}a&=b,\\\\c&=d\\end{aligned}"],
  ["\\left\\{a\\right.", "\\left\\{a\\right."],
  ["a\\,", "a\\,"],
  ["a=1.5", "a=1.5"],
])("%s ends without its comma or full stop", (tex, alone) => expect(withoutEndMark(tex)).toBe(alone));
