/**
 * Checks the cache of compiled texts: it never shows in the release, and a text is compiled again only if something that
 * it uses has changed.
 */
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { LibraryCompiler } from "../../src/publish/compile-library.ts";
import { createFolderStore } from "../../src/publish/object-store.ts";
import { writeRelease } from "../../src/publish/release.ts";
import { coldCache, compilerFor, copyOf, dot, edit, filesOf } from "./release-folder.ts";

let cache = "";
beforeEach(() => {
  cache = coldCache();
  vi.stubEnv("LIBRARY_CACHE", cache);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const cachingCompiler = (home: string) =>
  new LibraryCompiler(home, createFolderStore(join(home, ".release/objects")), { usesDisk: true });

/** Writes the release; returns how many texts were compiled. */
async function compiledBy(home: string, compiler = cachingCompiler(home)): Promise<number> {
  const result = await writeRelease(home, compiler);
  if (result.kind === "refused") throw new Error(JSON.stringify(result.problems, null, 1));
  return result.compiled;
}

/** The same library compiled in another folder, with nothing from a cache. */
async function fromNothing(home: string): Promise<Record<string, string>> {
  const fresh = copyOf(home);
  vi.stubEnv("LIBRARY_CACHE", coldCache());
  await compiledBy(fresh, compilerFor(fresh));
  vi.stubEnv("LIBRARY_CACHE", cache);
  return filesOf(fresh);
}

test("the next run compiles nothing, in another folder too, and one changed chapter compiles only itself: the release is the same, byte for byte", async () => {
  const home = copyOf();
  expect(await compiledBy(home)).toBe(6);
  expect(filesOf(home)).toEqual(await fromNothing(home));
  expect(await compiledBy(home)).toBe(0);
  const other = copyOf();
  expect(await compiledBy(other)).toBe(0);
  expect(filesOf(other)).toEqual(filesOf(home));
  edit(other, "content/tea/leaves.md", (text) => text.replace("All tea", "Every tea"));
  expect(await compiledBy(other)).toBe(1);
  expect(filesOf(other)).toEqual(await fromNothing(other));
});

test("warnings are repeated by the next run", async () => {
  const home = copyOf();
  edit(home, "content/tea/leaves.md", (text) => `${text}\n## Again\n\nOne.\n\n## Again\n\nTwo.\n`);
  const first = await writeRelease(home, cachingCompiler(home));
  const second = await writeRelease(home, cachingCompiler(home));
  expect(first).toMatchObject({ warnings: [{ message: expect.stringContaining("has another heading “Again”") }] });
  expect(second).toMatchObject({ compiled: 0, warnings: first.kind === "refused" ? [] : first.warnings });
});

/** Counts what is compiled after each change, in a running process and in the next run, which must agree. */
async function countsAfter(home: string, changes: readonly (() => void)[]): Promise<number[]> {
  const running = compilerFor(home);
  await compiledBy(home, running);
  await compiledBy(home);
  const counts: number[] = [];
  for (const change of changes) {
    change();
    const inProcess = await compiledBy(home, running);
    const inNextRun = await compiledBy(home);
    expect(inNextRun).toBe(inProcess);
    counts.push(inProcess);
  }
  expect(filesOf(home)).toEqual(await fromNothing(home));
  return counts;
}

/** Adds a book with nothing but its overview, /pots. */
function addBook(home: string): void {
  mkdirSync(join(home, "content/pots"));
  const about = "title: Pots\nblurb: Where tea is made.\norder: 9\npublished: 2026-01-01\nchapters: []";
  writeFileSync(join(home, "content/pots/book.md"), `---\n${about}\n---\n\nOf clay.\n`);
}

describe("a text is compiled again", () => {
  test("neither for a new chapter or book that it does not name, nor for a work or a macro that it does not use", async () => {
    const home = copyOf();
    const sugar = "---\ntitle: Sugar\nexcerpt: Sweet.\n---\n\nSweet, says [the first chapter](leaves).\n";
    const counts = await countsAfter(home, [
      // Only the chapter, although the file of the overview lists it.
      () => {
        writeFileSync(join(home, "content/tea/sugar.md"), sugar);
        edit(home, "content/tea/book.md", (text) => text.replace("  - milk:", "  - sugar\n  - milk:"));
      },
      () => addBook(home),
      () =>
        edit(
          home,
          "content/references.yaml",
          (text) => `${text}New26:\n  authors: [A. New]\n  title: New\n  year: 2026\n`,
        ),
      () => writeFileSync(join(home, "content/macros.yaml"), "\\unused: x\n"),
    ]);
    expect(counts).toEqual([1, 1, 0, 0]);
  });

  test("but what an overview is warned of, and a link to a heading that is deleted, are shown where they are after the list has grown", async () => {
    const home = copyOf();
    const running = cachingCompiler(home);
    const problems = async (compiler: LibraryCompiler) => {
      const result = await writeRelease(home, compiler);
      return result.kind === "refused" ? result.problems : result.warnings;
    };
    const shown = async () => {
      const found = await problems(running);
      vi.stubEnv("LIBRARY_CACHE", coldCache());
      expect(found).toEqual(await problems(compilerFor(home)));
      vi.stubEnv("LIBRARY_CACHE", cache);
      return found.map(({ file, line, message }) => `${file}:${line} ${message}`);
    };
    const list = (slug: string) => {
      writeFileSync(join(home, `content/tea/${slug}.md`), `---\ntitle: ${slug}\nexcerpt: Sweet.\n---\n\nSweet.\n`);
      edit(home, "content/tea/book.md", (text) => text.replace("  - leaves", `  - ${slug}\n  - leaves`));
    };
    expect(await shown()).toEqual([]);
    list("sugar");
    expect(await shown()).toEqual([]);
    edit(home, "content/tea/cooling.md", (text) => text.replace("## Newton's law", "## His law"));
    expect(await shown()).toEqual(["content/tea/book.md:18 /tea/cooling has no heading `#newtons-law`."]);
    edit(home, "content/tea/book.md", (text) =>
      text.replace("#newtons-law", "").concat("\n## Tea\n\nGreen.\n\n## Tea\n\nBlack.\n"),
    );
    const twice = (line: number) =>
      `content/tea/book.md:${line} This page has another heading “Tea”; this one gets the anchor \`#tea-1\`.`;
    expect(await shown()).toEqual([twice(24)]);
    list("honey");
    expect(await shown()).toEqual([twice(25)]);
  });

  test("if a work that it cites, or a macro that it uses through another one, is another one now", async () => {
    const home = copyOf();
    writeFileSync(join(home, "content/macros.yaml"), "\\inner: x\n\\outer: '\\inner^2'\n");
    edit(home, "content/tea/gongfu.md", (text) => `${text}\nIt is $\\outer$.\n`);
    const counts = await countsAfter(home, [
      () => writeFileSync(join(home, "content/macros.yaml"), "\\inner: y\n\\outer: '\\inner^2'\n"),
      () => edit(home, "content/references.yaml", (text) => text.replace("The Book of Tea", "The Book of Tea, again")),
    ]);
    const citing = readdirSync(join(home, "content/tea")).filter(
      (name) =>
        name.endsWith(".md") && /^references:.*Okakura06/m.test(readFileSync(join(home, "content/tea", name), "utf8")),
    );
    expect(citing.length).toBeGreaterThan(0);
    expect(counts).toEqual([1, citing.length]);
  });

  test("if a link of it leads elsewhere", async () => {
    const home = copyOf();
    addBook(home);
    edit(home, "content/tea/gongfu.md", (text) => `${text}\nIn [pots](pots).\n`);
    const chapter = "---\ntitle: Pots\nexcerpt: Of clay.\n---\n\nOf clay.\n";
    const counts = await countsAfter(home, [
      () => {
        writeFileSync(join(home, "content/tea/pots.md"), chapter);
        edit(home, "content/tea/book.md", (text) => text.replace("  - milk:", "  - pots\n  - milk:"));
      },
    ]);
    // The new chapter, and the chapter whose link led to the book of that name.
    expect(counts).toEqual([2]);
  });

  test("if its image is another one, but not if the file is only newer, or another image is beside it", async () => {
    const home = copyOf();
    const leaf = join(home, "content/tea/leaf.png");
    writeFileSync(leaf, dot(1));
    edit(home, "content/tea/leaves.md", (text) => `${text}\n![A leaf.](leaf.png "A leaf.")\n`);
    const counts = await countsAfter(home, [
      () => utimesSync(leaf, new Date(), new Date("2030-01-01T00:00:00Z")),
      () => writeFileSync(join(home, "content/tea/other.png"), dot(3)),
      () => writeFileSync(leaf, dot(2)),
    ]);
    expect(counts).toEqual([0, 0, 1]);
  });
});

test("a damaged cache is not used", async () => {
  const home = copyOf();
  await compiledBy(home);
  const files = filesOf(home);
  const damage = (pattern: RegExp) => {
    for (const name of readdirSync(cache).filter((each) => pattern.test(each))) {
      const path = join(cache, name);
      writeFileSync(path, readFileSync(path).subarray(0, -1));
    }
  };
  for (const pattern of [/\.text$/, /\.objects$/]) {
    damage(pattern);
    const other = copyOf();
    expect(await compiledBy(other)).toBe(6);
    expect(filesOf(other)).toEqual(files);
    expect(await compiledBy(copyOf())).toBe(0);
  }
});
