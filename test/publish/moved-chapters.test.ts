/**
 * Checks what `npm run check` reports when a chapter has disappeared from one file and appeared in another: in real Git
 * repositories.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createChapter } from "../../src/cli/new-text.ts";
import { LibraryCompiler } from "../../src/publish/compile-library.ts";
import { discardingStore } from "../../src/publish/object-store.ts";
import { bookFolder } from "../world.ts";

const now = Date.parse("2026-03-01T12:00:00.000Z");
const dayMs = 86_400_000;
let home: string;
const at = (path: string) => join(home, "content", path);
const write = (path: string, text: string) => writeFileSync(at(path), text);
function edit(path: string, from: string, to: string): void {
  const text = readFileSync(at(path), "utf8");
  if (!text.includes(from)) throw new Error(`${path} does not have ${from}`);
  write(path, text.replace(from, to));
}

function git(...args: string[]): void {
  const date = "2026-02-20T12:00:00Z";
  const env = { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date, GIT_CONFIG_GLOBAL: "/dev/null" };
  execFileSync("git", ["-c", "user.name=A", "-c", "user.email=a@example.org", ...args], {
    cwd: home,
    stdio: "pipe",
    env,
  });
}
const commit = () => {
  git("add", "-A");
  git("commit", "-qm", "a change");
};

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "moved-chapters-"));
  cpSync(join(bookFolder("tea"), "content"), join(home, "content"), { recursive: true });
  mkdirSync(at("cold"));
  write(
    "cold/book.md",
    "---\ntitle: Cold Drinks\nblurb: What is not hot.\norder: 2\npublished: 2026-01-05\nchapters: []\n---\nIce, and what floats in it.\n",
  );
  git("init", "-q", "-b", "main");
  commit();
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** The error messages, in order. */
async function check(when = now): Promise<string[]> {
  const result = await new LibraryCompiler(home, discardingStore).compile(undefined, when);
  const problems = result.kind === "refused" ? result.problems : [];
  return problems.map(({ file, line, severity, message, fix }) => `${file}:${line} ${severity} ${message} -> ${fix}`);
}

/** Moves the chapter on cooling to the book on cold drinks. */
function move(slug = "cooling"): void {
  renameSync(at("tea/cooling.md"), at(`cold/${slug}.md`));
  edit("tea/book.md", "  - cooling\n", "");
  edit("tea/book.md", "(cooling#newtons-law)", `(cold/${slug}#newtons-law)`);
  edit("cold/book.md", "chapters: []", `chapters: [${slug}]`);
  edit(`cold/${slug}.md`, "needs: [leaves]", "needs: [tea/leaves]");
}
const asked = (slug = "cooling") =>
  `content/cold/${slug}.md:2 error This chapter may be the one that was at /tea/cooling. -> If it is, write \`id: tea/cooling\`, and \`redirect_from: [/tea/cooling]\` for its old URL; if it is new, write \`id: cold/${slug}\`.`;

describe("an error", () => {
  test("a chapter in another book, under its slug, before and after the commit", async () => {
    move();
    expect(await check()).toEqual([asked()]);
    commit();
    expect(await check()).toEqual([asked()]);
  });

  test("under another slug and title: most of its text is the same", async () => {
    move("heat");
    edit("cold/heat.md", "Cooling: When to Drink", "Heat");
    commit();
    expect(await check()).toEqual([asked("heat")]);
  });

  test("rewritten under another slug: its title is the same", async () => {
    move("heat");
    edit("tea/book.md", "(cold/heat#newtons-law)", "(cold/heat)");
    write(
      "cold/heat.md",
      '---\ntitle: "Cooling: When to Drink"\nexcerpt: New.\npublished: 2026-02-25\n---\nAll of it is new.\n',
    );
    expect(await check()).toEqual([asked("heat")]);
  });

  test("taken out in one commit and put back in a later one", async () => {
    const text = readFileSync(at("tea/cooling.md"), "utf8");
    move();
    rmSync(at("cold/cooling.md"));
    commit();
    write("cold/cooling.md", text.replace("needs: [leaves]", "needs: [tea/leaves]"));
    expect(await check()).toEqual([asked()]);
  });

  test("a file that was renamed within its book", async () => {
    renameSync(at("tea/cooling.md"), at("tea/heat.md"));
    edit("tea/book.md", "- cooling", "- heat");
    edit("tea/book.md", "(cooling#", "(heat#");
    expect(await check()).toEqual([asked("heat").replaceAll("cold/heat", "tea/heat")]);
  });

  test("a whole book under another name: one question, about the book", async () => {
    renameSync(at("tea"), at("leaf"));
    edit("library.md", "(tea)", "(leaf)");
    edit("leaf/book.md", "id: tea-overview\nredirect_from: [tea-overview]\n", "");
    expect(await check()).toEqual([
      "content/leaf/book.md:2 error This book may be the one that was at /tea/. -> If it is, write `redirect_from: [/tea]`; its chapters follow; if it is new, write `id: leaf/leaf`.",
    ]);
    edit("leaf/book.md", "order: 1\n", "order: 1\nredirect_from: [/tea]\n");
    expect(await check()).toEqual([]);
  });
});

describe("nothing", () => {
  test.each([
    ["its whole identity", "id: tea/cooling\n"],
    ["an identity of its own", "id: cold/cooling\n"],
    ["the old URL", "redirect_from: [/tea/cooling]\n"],
  ])("when the front matter has %s", async (_, line) => {
    move();
    edit("cold/cooling.md", "redirect_from: [when-to-drink, /old/cooling]\n", line);
    expect(await check()).toEqual([]);
    commit();
    expect(await check()).toEqual([]);
  });

  test("when only a chapter is deleted, or a new one appears that is not like it", async () => {
    rmSync(at("tea/cooling.md"));
    edit("tea/book.md", "  - cooling\n", "");
    edit("tea/book.md", "(cooling#newtons-law)", "(leaves)");
    expect(await check()).toEqual([]);
    write("tea/ice.md", "---\ntitle: Ice\nexcerpt: Cold.\npublished: 2026-02-25\n---\nWater that does not flow.\n");
    edit("tea/book.md", "  - leaves\n", "  - leaves\n  - ice\n");
    expect(await check()).toEqual([]);
    commit();
    expect(await check()).toEqual([]);
  });

  test("when a chapter of `npm run new` appears beside a deletion, and has no date yet", async () => {
    move();
    rmSync(at("cold/cooling.md"));
    edit("tea/book.md", "(cold/cooling#newtons-law)", "(leaves)");
    edit("cold/book.md", "chapters: [cooling]", 'chapters:\n  - ice: "Ice"');
    createChapter(at(""), "cold", "cooling", { title: "Cooling: When to Drink" });
    expect(await check()).toEqual([]);
  });

  test("when a draft moves", async () => {
    edit("tea/cooling.md", "published: 2026-02-02T09:30:00+01:00\n", "");
    commit();
    move();
    edit("cold/cooling.md", "authors:", "published: 2026-02-25\nauthors:");
    expect(await check()).toEqual([]);
  });

  test("when the other file was there before the chapter went, or it went more than 30 days ago", async () => {
    const text = readFileSync(at("tea/cooling.md"), "utf8");
    move();
    const moved = readFileSync(at("cold/cooling.md"), "utf8");
    commit();
    expect(await check(now + 40 * dayMs)).toEqual([]);
    git("revert", "--no-edit", "HEAD");
    write("cold/cooling.md", moved);
    edit("cold/book.md", "chapters: []", "chapters: [cooling]");
    commit();
    expect(readFileSync(at("tea/cooling.md"), "utf8")).toBe(text);
    rmSync(at("tea/cooling.md"));
    edit("tea/book.md", "  - cooling\n", "");
    edit("tea/book.md", "(cooling#newtons-law)", "(leaves)");
    expect(await check()).toEqual([]);
  });

  test("without a repository, without a commit, and in a build", async () => {
    move();
    const { kind } = await new LibraryCompiler(home, discardingStore).compile();
    expect(kind).toBe("compiled");
    rmSync(join(home, ".git"), { recursive: true });
    expect(await check()).toEqual([]);
    git("init", "-q");
    expect(await check()).toEqual([]);
  });
});
