/** Checks when the author is reminded to declare a change: in real Git repositories, and after a deploy. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { LibraryCompiler } from "../../src/publish/compile-library.ts";
import { discardingStore } from "../../src/publish/object-store.ts";
import { recordDeployed } from "../../src/publish/source/previous-release.ts";
import { compareWording } from "../../src/publish/text/wording.ts";
import { bookFolder } from "../world.ts";

/** `before -> after` of each difference. */
const differences = (older: string, newer: string): string[] =>
  compareWording(older, newer).map(({ before, after }) => `${before} -> ${after}`);

describe("the wording is the same", () => {
  test.each([
    ["in other lines and spaces", "One pot,\nmany cups.", "One pot, many\n\ncups."],
    ["with other quotes, dashes and commas", `It's "hot" - very`, "It’s “hot”, very"],
    ["with other emphasis", "A *hot* cup", "A **hot** cup"],
    ["with another link", "the [leaves](leaves)", "the [leaves](tea/leaves#green)"],
    ["with another source", "It cools [@Newton01].", "It cools."],
    ["in another box", ":::note\nIt cools.\n:::", ":::warning\nIt cools.\n:::"],
    ["in capitals", "## newton's law", "## Newton's Law"],
    ["in one word or two", "self attention and multi-head", "self-attention and multihead"],
    ["with a letter more", "it ocurs often", "it occurs often"],
    ["with two letters swapped", "you recieve a cup", "you receive a cup"],
    ["with a thousands separator", "1048576 leaves", "1,048,576 leaves"],
    ["of a formula with other spaces and another label", "$$\na+b \\label{x}\n$$", "$$\na + b \\label{sum}\n$$"],
  ])("%s", (_, older, newer) => {
    expect(differences(older, newer)).toEqual([]);
  });
});

describe("the wording is different", () => {
  test.each([
    ["a short word", "it is not hot", "it is now hot", "not -> now"],
    ["a word more", "it is hot", "it is not hot", " -> not"],
    ["a word less", "it is not hot", "it is hot", "not -> "],
    ["two letters", "the excess will increase", "the excess will decrease", "increase -> decrease"],
    ["another word that the text uses", "a casual cup, a casual pot", "a causal cup, a casual pot", "casual -> causal"],
    ["a number", "8 minutes", "9 minutes", "8 -> 9"],
    ["a sign", "at -5 degrees", "at 5 degrees", "-5 -> 5"],
    ["a decimal", "1.9 dl", "1.90 dl", "1.9 -> 1.90"],
    ["a formula", "so $a + b$ is", "so $a - b$ is", "$a + b$ -> $a - b$"],
    ["a computed number", "in {{minutes=8}} minutes", "in {{minutes=9}} minutes", "{{minutes=8}} -> {{minutes=9}}"],
    ["code", "```python\nx = 1\ny = 2\n```", "```python\nx = 1\ny = 3\n```", "y = 2 -> y = 3"],
    ["a caption", '![Alt](figure:a "One cup.")', '![Alt](figure:a "Two cups.")', "One cup -> Two cups"],
    ["alt text", '![A pot](figure:a "One cup.")', '![A kettle](figure:a "One cup.")', "pot -> kettle"],
    ["a Chinese character", "水很热很热很热", "水很冷很热很热", "热 -> 冷"],
  ])("%s", (_, older, newer, difference) => {
    expect(differences(older, newer)).toEqual([difference]);
  });

  test("in several places, each on its own", () => {
    expect(differences("One pot, two cups, three leaves.", "One jug, two cups, four leaves.")).toEqual([
      "pot -> jug",
      "three -> four",
    ]);
  });
});

let home: string;
let remote: string;
const now = Date.parse("2026-03-01T12:00:00.000Z");
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "wording-"));
  remote = mkdtempSync(join(tmpdir(), "wording-remote-"));
  cpSync(join(bookFolder("errata"), "content"), join(home, "content"), { recursive: true });
});
afterEach(() => {
  for (const folder of [home, remote]) rmSync(folder, { recursive: true, force: true });
});

function edit(path: string, from: string, to: string): void {
  const file = join(home, "content/pouring", path);
  const text = readFileSync(file, "utf8");
  if (!text.includes(from)) throw new Error(`${path} does not have ${from}`);
  writeFileSync(file, text.replace(from, to));
}

async function warnings(when = now): Promise<string[]> {
  const result = await new LibraryCompiler(home, discardingStore).compile(undefined, when);
  if (result.kind === "refused") throw new Error(JSON.stringify(result.problems, null, 1));
  return result.warnings.map(({ file, line, column, message }) => `${file.slice(16)}:${line}:${column} ${message}`);
}

const reminder = "refills.md:6:12 Since the last release, “still” was added.";

describe("after a deploy", () => {
  beforeEach(() => recordDeployed(home));

  test("a changed text reminds the author, and the next deploy ends the reminder", async () => {
    expect(await warnings()).toEqual([]);
    edit("refills.md", "The leaves have less", "The leaves never have less");
    expect(await warnings()).toEqual(["refills.md:6:12 Since the last release, “never” was added."]);
    recordDeployed(home);
    expect(await warnings()).toEqual([]);
  });

  test("the reminder says how to declare the change, or that there is nothing to declare", async () => {
    edit("refills.md", "less to give", "more to give");
    const result = await new LibraryCompiler(home, discardingStore).compile(undefined, now);
    expect(result.kind === "compiled" && result.warnings.map(({ severity, fix }) => [severity, fix])).toEqual([
      [
        "warning",
        "If readers should know, declare it: `changes:` with `- date: 2026-03-01`, `text: …` and, if it was wrong, `correction: true`. If not, ignore this until the next deploy, or write `changes: []`.",
      ],
    ]);
  });

  test.each([
    ["a change", "changes:\n  - date: 2026-02-20\n    text: Less is more."],
    ["a later `updated`", "updated: 2026-02-20"],
    ["that there is nothing to declare", "changes: []"],
  ])("%s ends the reminder", async (_, line) => {
    edit("refills.md", "less to give", "more to give");
    expect(await warnings()).toHaveLength(1);
    edit("refills.md", "published: 2026-01-10", `published: 2026-01-10\n${line}`);
    expect(await warnings()).toEqual([]);
  });

  test("a change declared earlier does not", async () => {
    edit("spread.md", "have a spread of 0.08 dl", "have a spread of 0.09 dl");
    edit("spread.md", "Pour one pot", "Pour the pot");
    expect(await warnings()).toEqual([
      "spread.md:26:6 Since the last release, “one” has become “the”, and 1 other place.",
    ]);
    edit("spread.md", "  - date: 2026-01-20", "  - date: 2026-02-28");
    expect(await warnings()).toEqual([]);
  });

  test("titles and excerpts count", async () => {
    edit("refills.md", "weaker", "stronger");
    edit("refills.md", "title: Refills", "title: The Second Pot");
    expect(await warnings()).toEqual([
      "refills.md:2:8 Since the last release, “Refills” has become “The Second Pot”, and 1 other place.",
    ]);
  });

  test("drafts, and what was not public yet, need no declaration", async () => {
    edit("refills.md", "2026-01-10", "2026-05-01");
    recordDeployed(home);
    edit("strainers.md", "Holes", "Slits");
    edit("refills.md", "less to give", "more to give");
    expect(await warnings()).toEqual([]);
  });
});

describe("without a deploy from this folder", () => {
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=A", "-c", "user.email=a@example.org", ...args], {
      cwd: home,
      stdio: "pipe",
      env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null" },
    });

  test("what was pushed counts as released, committed or not", async () => {
    git("init", "-q", "-b", "main");
    git("add", "-A");
    git("commit", "-qm", "the library");
    edit("refills.md", "The leaves have", "The leaves still have");
    expect(await warnings()).toEqual([]);
    git("checkout", "-q", ".");
    git("init", "-q", "--bare", remote);
    git("remote", "add", "origin", remote);
    git("push", "-qu", "origin", "main");
    expect(await warnings()).toEqual([]);
    edit("refills.md", "The leaves have", "The leaves still have");
    expect(await warnings()).toEqual([reminder]);
    git("commit", "-qam", "a change");
    expect(await warnings()).toEqual([reminder]);
    git("push", "-q");
    expect(await warnings()).toEqual([]);
  });

  test("nothing is known, and nothing is said", async () => {
    edit("refills.md", "less to give", "more to give");
    expect(await warnings()).toEqual([]);
  });
});
