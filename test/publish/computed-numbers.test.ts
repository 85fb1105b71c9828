/** Checks computed numbers in a chapter: inserted or verified, and the error messages for wrong ones. */
import { describe, expect, test } from "vitest";
import { formatProblems } from "../../src/publish/source/problem.ts";
import { compile, publish, withTex } from "./one-text.ts";

const values = {
  cup: { degrees: 61.803398, minutes: 8 },
  third: 1 / 3,
  half: 0.5,
  minus: -1.25,
  zero: -1e-17,
  leaves: 1_048_576,
  ways: 2_432_902_008_176_640_000n,
  row: [0.25, -0.5, 1 / 3],
  table: [
    [1, 2 / 3],
    [0, 0.5],
  ],
  brew: () => 1,
};

const page = async (markdown: string): Promise<string> => withTex((await publish(markdown, values)).page);

describe("put in", () => {
  test.each([
    ["{{half}}", "0.5"],
    ["{{third:4}}", "0.3333"],
    ["{{half:0-3}}, {{third:0-3}}", "0.5, 0.333"],
    ["{{cup.degrees:1}}", "61.8"],
    ["{{minus}} and {{zero:2}}", "−1.25 and 0.00"],
    ["{{leaves}} of {{ways}}", "1,048,576 of 2,432,902,008,176,640,000"],
    ["{{row:0-2}}, its second {{row.2}}", "(0.25, −0.5, 0.33), its second −0.5"],
    ["{{ table.1.2:2 }}", "0.67"],
  ])("%s in prose", async (markdown, printed) => {
    expect(await page(markdown)).toBe(`<p>${printed}</p>\n`);
  });

  test.each([
    ["$x={{minus}}$", "x=-1.25"],
    ["$n={{leaves}}$", "n=1{,}048{,}576"],
    ["$v={{row:0-2}}$", "v=(0.25,-0.5,0.33)"],
    ["$A={{table:2}}$", "A=\\begin{pmatrix}1.00&0.67\\\\0.00&0.50\\end{pmatrix}"],
  ])("%s in a formula", async (markdown, tex) => {
    expect(await page(markdown)).toBe(`<p>⟨${tex}⟩</p>\n`);
  });

  test("in displayed formulas, tables, boxes, notes, captions and alternative texts", async () => {
    const text = [
      "$$\nx={{half}}\n$$",
      "| a | b |\n| --- | --- |\n| {{half}} | $y={{minus}}$ |",
      ":::example[Of {{half}}]\nNote.[^a]\n:::",
      "[^a]: $z={{third:2}}$.",
      '![Teas, {{half}}.](figure:six-teas "Caption $c={{minus}}$, {{minus}}.")',
    ].join("\n\n");
    const shown = await page(text);
    for (const part of ["⟨x=0.5⟩", "<td>0.5</td><td>⟨y=-1.25⟩</td>", "Of 0.5", "⟨z=0.33⟩", "⟨c=-1.25⟩,</span> −1.25."])
      expect(shown).toContain(part);
    expect(shown).toContain('aria-label="Teas, 0.5."');
    expect((await publish(text, values)).markdown).toContain("![Teas, 0.5.](");
  });
});

describe("typed and checked", () => {
  test.each([
    ["{{third=0.333}}", "0.333"],
    ["{{leaves=1,048,576}}", "1,048,576"],
    ["{{row=(0.25, −0.50, 0.333)}}", "(0.25, −0.50, 0.333)"],
    ["$n={{leaves=1{,}048{,}576}}$", "⟨n=1{,}048{,}576⟩"],
    [
      "$A={{table=\\begin{pmatrix}1&0.67\\\\0&0.5\\end{pmatrix}}}$",
      "⟨A=\\begin{pmatrix}1&0.67\\\\0&0.5\\end{pmatrix}⟩",
    ],
  ])("%s stays as it is", async (markdown, shown) => {
    expect(await page(markdown)).toBe(`<p>${shown}</p>\n`);
  });
});

test("braces of code and of TeX are left alone, unless a listing says that it is computed", async () => {
  const { page: html } = await publish(
    "`{{half}}` and $x^{ {half} }$\n\n```text\n{{half}}\n```\n\n```text computed\n{{half}} {{third=0.33}}\n```\n",
    values,
  );
  expect(html).toContain("<code>{{half}}</code>");
  expect(html).toContain("<code>{{half}}</code></pre>");
  expect(html).toContain("<code>0.5 0.33</code></pre>");
});

const output = async (markdown: string, numbers: typeof values | undefined = values): Promise<string> =>
  formatProblems((await compile(markdown, numbers)).problems, (text) => text);

test("a wrong digit is shown where it was typed, with what the number is", async () => {
  expect(await output("Tea: {{half}}, {{third=0.334}} and $A={{row=(0.25,-0.5,0.34)}}$.")).toBe(
    `content/tea/cup.md:1:16  error  \`third\` is 0.333, not 0.334.
  1 | Tea: {{half}}, {{third=0.334}} and $A={{row=(0.25,-0.5,0.34)}}$.
    |                ^^^^^^^^^^^^^^^
  -> It is computed in content/tea/numbers/cup.ts.

content/tea/cup.md:1:39  error  \`row\` is (0.25, -0.5, 0.33), not (0.25,-0.5,0.34).
  1 | Tea: {{half}}, {{third=0.334}} and $A={{row=(0.25,-0.5,0.34)}}$.
    |                                       ^^^^^^^^^^^^^^^^^^^^^^^^
  -> It is computed in content/tea/numbers/cup.ts.

2 errors.`,
  );
});

test.each([
  ["{{thrid:2}}", "There is no `thrid` in content/tea/numbers/cup.ts.", "Did you mean `third`?"],
  ["{{cup.hours}}", "There is no `hours` in `cup`.", "The names there: `degrees`, `minutes`."],
  ["{{row.4}}", "There is no `4` in `row`.", "Did you mean `1`?"],
  ["{{cup}}", "`cup` is not a number, vector or matrix.", "It has `degrees`, `minutes`."],
  ["{{brew}}", "`brew` is not a number, vector or matrix.", "See content/tea/numbers/cup.ts."],
  [
    "{{third}}",
    "`third` is 0.3333333333333333, whose decimal expansion does not end.",
    "Say how many digits to show: `{{third:4}}`, or at most: `{{third:0-3}}`.",
  ],
  ["{{table:2}}", "`table` is a matrix and cannot be used in prose.", "Put it into a formula."],
  [
    "{{row=(0.25, −0.5)}}",
    "`row` is (0.25, -0.5, 0.3), not (0.25, −0.5).",
    "It is computed in content/tea/numbers/cup.ts.",
  ],
  [
    "{{third | 4}}",
    "`{{third | 4}}` is not a valid computed number.",
    "Write `{{name}}`, `{{name:4}}`, `{{name:0-3}}` or `{{name=0.5035}}`; in TeX, separate adjacent braces: `{ {`. Liquid and Jinja are not run here; to print braces, write `\\{{`.",
  ],
])("%s: %s", async (markdown, message, fix) => {
  const { problems } = await compile(`A cup. ${markdown}`, values);
  expect(problems.map((problem) => [problem.line, problem.column, problem.message, problem.fix])).toEqual([
    [1, 8, message, fix],
  ]);
});

test("a text that nothing is computed for says where to compute it", async () => {
  expect((await compile("{{half}}")).problems.map(({ message, fix }) => [message, fix])).toEqual([
    [
      "No numbers are computed for this page.",
      "Export them from a file of the same name in the book's `numbers/`; in TeX, separate adjacent braces: `{ {`. Liquid and Jinja are not run here; to print braces, write `\\{{`.",
    ],
  ]);
});

test("what is wrong behind a number is still shown at the place where it was written", async () => {
  const { problems } = await compile(
    "A {{ways}} b {{leaves:0}} $\\softmx$ and [@Nobody].\n\nC {{half}} $\\nope$",
    values,
  );
  expect(problems.map(({ line, column, excerpt }) => [line, column, excerpt?.length])).toEqual([
    [1, 28, 7],
    [1, 41, 9],
    [3, 13, 5],
  ]);
});
