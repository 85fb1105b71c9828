/** Checks what the manifest stores of relations between chapters: redirects, prerequisites, permanent ids, dates. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { isWritten } from "../../src/library/manifest.ts";
import { LibraryCompiler } from "../../src/publish/compile-library.ts";
import { discardingStore } from "../../src/publish/object-store.ts";
import { bookFolder } from "../world.ts";

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "between-"));
  cpSync(join(bookFolder("tea"), "content"), join(home, "content"), { recursive: true });
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** The manifest of tea, with lines added to the front matter of the chapter on leaves. */
async function manifestWith(frontMatter = "") {
  const path = join(home, "content/tea/leaves.md");
  writeFileSync(
    path,
    readFileSync(path, "utf8").replace("published: 2026-01-12\n", (line) => `${line}${frontMatter}`),
  );
  const result = await new LibraryCompiler(home, discardingStore).compile();
  if (result.kind === "refused") throw new Error(JSON.stringify(result.problems, null, 1));
  return result.manifest;
}
const chapter = async (slug: string, frontMatter?: string) =>
  (await manifestWith(frontMatter)).books[0]?.contents.filter(isWritten).find((entry) => entry.slug === slug);

describe("redirects", () => {
  test("of slugs and of whole paths lead to where the text stands now", async () => {
    expect((await manifestWith()).redirects).toEqual({
      "/old/cooling": "/tea/cooling",
      "/tea/tea-overview": "/tea/",
      "/tea/when-to-drink": "/tea/cooling",
    });
  });

  // Requests are looked up in lower case, decoded, without a trailing slash: src/site/canonical-paths.ts.
  test.each([
    ["/Blog/My-Post", "/blog/my-post"],
    ["/old/leaves/", "/old/leaves"],
    ["/caf%C3%A9", "/café"],
    ["Old-Leaves", "/tea/old-leaves"],
  ])("%s is kept as requests are looked up", async (written, kept) => {
    const { redirects } = await manifestWith(`redirect_from: ["${written}"]\n`);
    expect(redirects).toHaveProperty([kept], "/tea/leaves");
  });
});

describe("of a chapter", () => {
  test("prerequisites are paths, wherever they lie", async () => {
    expect((await chapter("leaves", "needs: [tea, gongfu, tea/milk]\n"))?.needs).toEqual([
      "/tea/",
      "/tea/gongfu",
      "/tea/milk",
    ]);
  });

  test("the id is its slug, or what the front matter says", async () => {
    expect((await chapter("leaves"))?.id).toBe("leaves");
    expect((await chapter("leaves", "id: first-leaves\n"))?.id).toBe("first-leaves");
  });

  test("a day is its first moment in UTC, a time is that moment, a draft has none", async () => {
    const { books } = await manifestWith();
    const dates = books[0]?.contents.filter(isWritten).map(({ slug, published }) => [slug, published]);
    expect(dates).toEqual([
      ["leaves", "2026-01-12T00:00:00.000Z"],
      ["cooling", "2026-02-02T08:30:00.000Z"],
      ["cold-brew", "2030-06-01T12:00:00.000Z"],
      ["gongfu", undefined],
    ]);
  });

  test("authors are its own, or the library's", async () => {
    expect((await chapter("leaves"))?.authors).toEqual(["Ada Brewer"]);
    expect((await chapter("cooling"))?.authors).toEqual(["Ada Brewer", "Isaac Newton"]);
  });
});
