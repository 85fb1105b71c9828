/** Checks `npm run check:content`: its warnings, their positions and fixes; its exit code; its help. */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repository } from "../world.ts";
import { copyOf, withoutProgress } from "./release-folder.ts";

/** Checks the tea library after replacements: file, old text, new text. */
function check(edits: readonly (readonly [string, string, string])[], ...args: string[]) {
  const home = copyOf();
  for (const [file, from, to] of edits) {
    const path = join(home, "content", file);
    const text = readFileSync(path, "utf8");
    if (!text.includes(from)) throw new Error(`${file} does not hold ${from}`);
    writeFileSync(
      path,
      text.replace(from, () => to),
    );
  }
  const command = join(repository, "src/cli/commands/check.ts");
  const { status, stdout, stderr } = spawnSync("node", [command, ...args], { cwd: home, encoding: "utf8" });
  return { status, output: withoutProgress(stdout + stderr) };
}
/** Position and message of each problem, without the quoted lines. */
const heads = (text: string): string[] => text.split("\n").filter((line) => / {2}(warning|error) {2}/.test(line));

test("dates: before the book, after what needs it, long past and years away; warnings, and the exit code says that all is well", () => {
  const before = check([
    ["tea/leaves.md", "published: 2026-01-12", "published: 2026-02-12"],
    ["tea/cooling.md", "published: 2026-02-02T09:30:00+01:00", "published: 2026-02-02"],
    ["tea/book.md", "published: 2026-01-05", "published: 2026-02-05T08:00Z"],
  ]);
  expect([before.status, heads(before.output)]).toEqual([
    0,
    [
      "content/tea/cooling.md:4:12  warning  This chapter is dated before its book, which is published on 2026-02-05 08:00 UTC; it stays hidden until then.",
      "content/tea/cooling.md:6:9  warning  This page is published on 2026-02-05 08:00 UTC but needs /tea/leaves, which is published on 2026-02-12.",
    ],
  ]);
  expect(before.output).toContain("  -> Publish the prerequisite first, or remove it from `needs`.");
  expect(before.output).toContain("Symbols in formulas that readers can look up:\n   46 %  /tea/cooling\n");
  const typed = check([
    ["tea/leaves.md", "published: 2026-01-12", "published: 1026-01-12"],
    ["tea/cold-brew.md", "published: 2030-06-01", "published: 3030-06-01"],
  ]);
  expect([typed.status, heads(typed.output)]).toEqual([
    0,
    [
      "content/tea/cold-brew.md:4:12  warning  This date is years away: 3030-06-01 12:00 UTC.",
      "content/tea/leaves.md:4:12  warning  This chapter is dated before its book, which is published on 2026-01-05; it stays hidden until then.",
      "content/tea/leaves.md:4:12  warning  This date is far in the past: 1026-01-12.",
    ],
  ]);
});

test("a chapter with a date in a book that is a draft; a text that needs a draft", () => {
  const draft = check([["tea/book.md", "published: 2026-01-05\n", ""]]);
  expect(heads(draft.output)[0]).toBe(
    "content/tea/cold-brew.md:4:12  warning  This chapter has a date, but its book is a draft, so it stays hidden.",
  );
  const needs = check([["tea/cooling.md", "needs: [leaves]", "needs: [gongfu]"]]);
  expect([needs.status, heads(needs.output)]).toEqual([
    0,
    [
      "content/tea/cooling.md:6:9  warning  This page is published on 2026-02-02 08:30 UTC but needs /tea/gongfu, which is a draft.",
    ],
  ]);
});

test("headings alike; a key of references.yaml that is given twice", () => {
  const twice = check([["tea/leaves.md", "## Oxidation", "## Oxidation\n\nFirst.\n\n## Oxidation"]]);
  expect([
    twice.status,
    twice.output.split("\n").filter((line) => !/^$|^1 warning|pages checked|^Symbols| % {2}\//.test(line)),
  ]).toEqual([
    0,
    [
      expect.stringMatching(
        /^content\/tea\/leaves\.md:\d+:1 {2}warning {2}This page has another heading “Oxidation”; this one gets the anchor `#oxidation-1`\.$/,
      ),
      expect.stringContaining("| ## Oxidation"),
      expect.stringContaining("^^^^^^^^^^^^"),
      "  -> Reword it, so that links to it stay stable.",
    ],
  ]);
  const work = "Okakura06:";
  const key = check([["references.yaml", work, "Okakura06:\n  authors: [A]\n  title: B\n  year: 1900\nOkakura06:"]]);
  expect([key.status, heads(key.output).length]).toEqual([1, 1]);
  expect(heads(key.output)[0]).toMatch(/^content\/references\.yaml:\d+:\d+ {2}error {2}.*unique/);
});

test("an error ends with exit code 1; --help says what is looked for; what is mistyped is refused", () => {
  const { status, output } = check([["tea/leaves.md", "[^herbs]: Pep", "[leaves](nowhere)\n\n[^herbs]: Pep"]]);
  expect([status, heads(output)]).toEqual([
    1,
    [expect.stringMatching(/^content\/tea\/leaves\.md:\d+:1 {2}error {2}There is no chapter `nowhere`\.$/)],
  ]);
  const help = check([], "--help");
  expect(help.status).toBe(0);
  for (const word of ["alt text", "too wide for a phone", "too long for Gmail", "needs", "exit code 1"])
    expect(help.output.replaceAll("\n", " ")).toContain(word);
  expect(check([], "--halp")).toEqual({ status: 1, output: "Unknown option `--halp`. Did you mean `--help`?\n" });
  expect(check([], "tea")).toEqual({ status: 1, output: "`tea` is not a valid argument here. See `--help`.\n" });
});
