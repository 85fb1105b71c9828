/** Checks the questions of a text: their ids, their HTML outside of the text, their cards for Anki, and repeated ones. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { LibraryCompiler } from "../../src/publish/compile-library.ts";
import { discardingStore } from "../../src/publish/object-store.ts";
import { formatProblems } from "../../src/publish/source/problem.ts";
import { bookFolder } from "../world.ts";
import { compile, withTex } from "./one-text.ts";

const box = (...questions: readonly string[]): string =>
  `:::questions\n${questions.map((text, index) => `${index + 1}. ${text}\n`).join("\n")}:::\n`;

const idsOf = async (...questions: readonly string[]): Promise<string[]> =>
  (await compile(box(...questions.map((question) => `${question}\n\n   Yes.`)))).questions.map(({ page }) => page.id);

test("a question keeps its id when its markup, line breaks or punctuation change, and its answer", async () => {
  const [id] = await idsOf('Is "green" tea *oxidised*, with $x_1 < 2$?');
  expect(id).toMatch(/^[0-9a-f]{10}$/);
  expect(
    await idsOf("Is “green” tea oxidised — with $x_1<2$?", "Is green tea\n   **oxidised** with $x_1 < 2$"),
  ).toEqual([expect.not.stringMatching(id ?? ""), id]);
  const [other] = (await compile(box('Is "green" tea oxidised, with $x_1 < 2$?\n\n   No.'))).questions;
  expect(other?.page).toMatchObject({ id, answered: "<p>No.</p>" });
});

test("other words, formulas or languages have another one", async () => {
  const ids = await idsOf("Is it hot?", "Is it cold?", "Is $x$ hot?", "Is $X_2$ hot?", "Горячо?", "Холодно?");
  expect(new Set(ids).size).toBe(6);
});

test("the page of the text has the id on each question, in every box", async () => {
  const text = await compile(`${box("Is it hot?\n\n   Yes.")}\nTea.\n\n${box("Is it cold?\n\n   No.")}`);
  const ids = [...text.html.matchAll(/<li id="q\.([0-9a-f]+)">/g)].map(([, id]) => id);
  expect(ids).toEqual(text.questions.map(({ page }) => page.id));
  expect(ids).toHaveLength(2);
});

const rich = await compile(
  `## Heat

$$
\\dot Q = h \\label{flow}
$$

${box(
  'Why does it cool[^steam] as in \\eqref{flow} [@Newton01], for $\\room < 2$?\n\n   See [above](#heat), [the leaves](leaves#oxidation) and [a page](https://tea.example/?a=1&b=2).\n\n   $$\n   a < b\n   $$\n\n   ![A cup.](figure:cooling-cup "A caption.")',
)}
[^steam]: Steam takes heat along.
`,
  undefined,
  undefined,
  { macros: new Map([["\\room", { tex: "T_r", arity: 0 }]]) },
);

test("outside of the text, a question leads back to it and has no ids", () => {
  const [question] = rich.questions;
  const html = withTex(`${question?.page.asked}${question?.page.answered}`);
  expect(html).not.toContain(" id=");
  expect(html).toContain('href="/tea/cup#note-1" role="doc-noteref" aria-label="Note 1">1</a>');
  expect(html).not.toContain("Steam takes");
  expect(html).toContain('<a href="/tea/cup#eq-flow">(1)</a>');
  expect(html).toMatch(/<a href="\/tea\/cup#ref-Newton01"[^>]*>\[2\]<\/a>/);
  expect(html).toContain('<a href="/tea/cup#heat">above</a>');
  expect(html).toContain('<a class="chapter" href="/tea/leaves#oxidation">the leaves</a>');
  expect(html).toContain("⟨T_r < 2⟩");
  expect(html).toContain('<div class="equation">⟨a < b⟩</div>');
  // A file that the release has, because an interactive figure needs its page.
  const [, file = ""] = /<img src="\/media\/([0-9a-f]{64})\.svg" alt="A cup\."/.exec(html) ?? [];
  expect(rich.media.map(({ hash }) => hash)).toContain(file);
  expect(html).not.toContain("<svg");
});

test("a card for Anki has the compiled TeX for MathJax, and nothing that needs the page", () => {
  const [question] = rich.questions;
  expect(question?.card.id).toBe(question?.page.id);
  expect(question?.card.asked).toBe("<p>Why does it cool as in (1), for \\(T_r &lt; 2\\)?</p>");
  expect(question?.card.answered).toContain(
    '<p>See above, the leaves and <a href="https://tea.example/?a=1&amp;b=2">a page</a>.</p>\n<p>\\[a &lt; b\\]</p>',
  );
  expect(question?.card.answered).toContain('<img src="\0origin\0/media/');
});

test("two questions with the same words are reported where the second one is", async () => {
  const home = mkdtempSync(join(tmpdir(), "questions-"));
  cpSync(bookFolder("tea"), home, { recursive: true });
  const file = join(home, "content/tea/leaves.md");
  const again = box("What happens at $T=T_r$?\n\n   The tea is cold.", "Which?\n\n   This.", "Which?\n\n   That.");
  writeFileSync(file, `${readFileSync(file, "utf8")}\n${again}`);
  const result = await new LibraryCompiler(home, discardingStore).compile();
  rmSync(home, { recursive: true, force: true });
  if (result.kind !== "compiled") throw new Error("It was refused.");
  const reported = result.warnings.filter(({ message }) => message.includes("This question"));
  expect(
    formatProblems(reported, (text) => text),
  ).toBe(`content/tea/leaves.md:24:1  warning  This question is also asked in /tea/cooling.
  24 | 1. What happens at $T=T_r$?
     | ^^^^^^^^^^^^^^^^^^^^^^^^^^^
  -> Reword one of them: readers who rate both answers would see only the first one again.

content/tea/leaves.md:32:1  warning  This question is asked twice.
  32 | 3. Which?
     | ^^^^^^^^^
  -> Reword one of them: readers who rate both answers would see only the first one again.

2 warnings.`);
});
