/** Reads works from references.bib and references.json beside references.yaml: test/publish/references. */
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { formatWork } from "../../src/publish/markdown/cite.ts";
import { formatProblems, ProblemList } from "../../src/publish/source/problem.ts";
import { readWorks } from "../../src/publish/source/references/read-works.ts";
import { en } from "../../src/ui/words/en.ts";
import { compilerFor, copyOf, edit } from "./release-folder.ts";

const fixtures = join(import.meta.dirname, "references");
const anything = { has: () => true } as unknown as ReadonlySet<string>;

/** The tea library with the exported files beside its references.yaml. */
function withExported(...names: readonly string[]): string {
  const home = copyOf();
  for (const name of names) {
    cpSync(join(fixtures, `exported.${name}`), join(home, `content/references.${name}`));
  }
  return home;
}

test("every kind of work in exported files is printed as if it were in references.yaml", async () => {
  const problems = new ProblemList();
  const found = await readWorks(withExported("bib", "json"), new Set(), problems);
  expect(problems.sorted()).toEqual([]);
  const printed = [...(found?.works ?? [])].map(([key, work]) => `${key}\n  ${formatWork(en, work)}\n`).join("");
  await expect(printed).toMatchFileSnapshot(join(fixtures, "expected.txt"));
  expect(found?.workFiles).toEqual(["content/references.yaml", "content/references.bib", "content/references.json"]);
});

test("a text cites works of all three files; a changed file is compiled again", async () => {
  const home = withExported("bib", "json");
  edit(home, "content/tea/leaves.md", (text) =>
    text
      .replace(/^references: .*$/m, "references: [Okakura06, erdos-cup-1959, brewerSlowTea2019]")
      .replace(/$/, "\n\nThree works [@Okakura06; @erdos-cup-1959; @brewerSlowTea2019].\n"),
  );
  const compiler = compilerFor(home);
  const first = await compiler.compile();
  expect(first.kind === "refused" && first.problems).toBe(false);
  expect((await compiler.compile()) as { compiled?: number }).toMatchObject({ compiled: 0 });
  edit(home, "content/references.bib", (text) => text.replace("How many cups?", "How few cups?"));
  const second = await compiler.compile();
  if (first.kind !== "compiled" || second.kind !== "compiled") throw new Error("It was refused.");
  // Objects are named by their hashes, so the page of the text that cites the work has a different one.
  expect(second.manifest).not.toEqual(first.manifest);
});

test("only cited works must be complete, and each problem names file, line and field", async () => {
  const home = withExported("bib", "json");
  writeFileSync(
    join(home, "content/references.bib"),
    `@misc{a:1, title = {Not citable}, author = {Ng, Ann}, year = 2001}
@misc{nobody, title = {Nobody}, year = 2001}
@misc{undated,
  title = {Undated},
  author = {Ng, Ann},
  year = {in press}
}
@misc{insecure, title = {On HTTP}, author = {Ng, Ann}, year = 2001, url = {http://example.org/x}}
@misc{tex, title = {The space $\\mathbb{R}^2$}, author = {Ng, Ann}, year = 2001}
@misc{old, title = {Classic}, author = {Lu Yu}, year = {0760}}
`,
  );
  const unnoticed = new ProblemList();
  expect((await readWorks(home, new Set(), unnoticed))?.works.has("undated")).toBe(false);
  expect(unnoticed.sorted()).toEqual([]);
  const problems = new ProblemList();
  expect(await readWorks(home, anything, problems)).toBe(undefined);
  const printed = `${formatProblems(problems.sorted(), (text) => text)}\n`;
  await expect(printed).toMatchFileSnapshot(join(fixtures, "expected-incomplete.txt"));
});

const broken: readonly (readonly ["bib" | "json", string])[] = [
  ["bib", "@article{a, title = {One {two}, year = 2001}\n\n@article{b, title = {B}, author = {Ng, A}, year = 2002}"],
  ["bib", "@article{a, title = {One} author = {Ng, A}, year = 2001}"],
  ["bib", "@article{a, title = {One}, author = {Ng, A}, year = 2001, month = june1}"],
  ["bib", "@article{a, title = {One}}\n@article{Okakura06, title = {Two}}\n@article{a, title = {Three}}"],
  ["json", '[\n  { "id": "a" "title": "A" }\n]'],
  ["json", '{ "items": [] }'],
  ["json", '[\n  { "title": "Without an id" },\n  { "id": "b", "author": "Ng, A" }\n]'],
  ["json", '[{ "id": "Okakura06", "title": "The Book of Tea" }]'],
  ["json", '[\n  { "id": "a", "title": "A", "author": [{ "family": "Ng" }],\n'],
];

test("a file that cannot be read, or repeats a key, blocks publishing even if nothing cites the entry", async () => {
  let printed = "";
  for (const [name, text] of broken) {
    const home = copyOf();
    writeFileSync(join(home, `content/references.${name}`), `${text}\n`);
    const problems = new ProblemList();
    expect(await readWorks(home, new Set(), problems)).toBe(undefined);
    printed += `${formatProblems(problems.sorted(), (words) => words)}\n\n`;
  }
  await expect(printed).toMatchFileSnapshot(join(fixtures, "expected-broken.txt"));
});

test("a key that is in no file: the problem names the files that exist", async () => {
  const home = withExported("bib");
  edit(home, "content/tea/leaves.md", (text) => text.replace(/^references: .*$/m, "references: [erdos-cup-1958]"));
  const result = await compilerFor(home).compile();
  if (result.kind !== "refused") throw new Error("It was compiled.");
  expect(result.problems[0]).toMatchObject({
    message: "`erdos-cup-1958` is not in content/references.yaml or content/references.bib.",
    fix: "Add an entry under this key. Did you mean `erdos-cup-1959`?",
  });
});

test("no full stop after a mark that ends a sentence, in any script, or after another full stop", () => {
  const work = { authors: ["Ann Ng"], year: 2001, venue: "ICLR" };
  const printed = (title: string, venue = "ICLR") => formatWork(en, { ...work, title, venue });
  expect(printed("Are they useful?")).toBe("Ann Ng (2001). <cite>Are they useful?</cite> ICLR.");
  expect(printed("Attend!")).toContain("<cite>Attend!</cite> ICLR.");
  expect(printed('Who said "why?"')).toMatch(/why\?.<\/cite> ICLR\.$/);
  expect(printed("هل هي مفيدة؟")).toContain("؟</cite> ICLR.");
  expect(printed("Useful", "Adv. Math.")).toBe("Ann Ng (2001). <cite>Useful</cite>. Adv. Math.");
  expect(printed("Useful")).toBe("Ann Ng (2001). <cite>Useful</cite>. ICLR.");
});
