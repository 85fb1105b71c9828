/**
 * Describes the library in content/, whichever it is: what tests of the whole library may expect, and the chapters they
 * use as sample pages.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { bookFolder, openWorld, repository, type World } from "./world.ts";

interface Trial {
  readonly book: string;
  readonly slug: string;
}

/** The first published chapter with a note and a heading of each book. */
function findTrials(folder: string): Trial[] {
  const content = join(folder, "content");
  const books = readdirSync(content, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return books.flatMap(({ name: book }) => {
    const names = readdirSync(join(content, book)).filter((name) => name.endsWith(".md") && name !== "book.md");
    const found = names.find((name) => {
      const text = readFileSync(join(content, book, name), "utf8");
      return /^published: 20(1|2[0-6])/m.test(text) && text.includes("[^") && /^## /m.test(text);
    });
    return found === undefined ? [] : [{ book, slug: found.slice(0, -3) }];
  });
}

const own = findTrials(repository);

/** Folder of the library; that of tea if the library has no such chapter, because then there is no page to test. */
export const ownLibrary: string = own.length > 0 ? repository : bookFolder("tea");

/** One for each book. */
export const trials: readonly Trial[] = own.length > 0 ? own : findTrials(bookFolder("tea"));

export const trial: Trial = trials[0] ?? { book: "tea", slug: "leaves" };

const isShipped = readdirSync(join(repository, "test/content")).every((book) =>
  existsSync(join(repository, "content", book)),
);

/** A lower bound that the books of this project meet; another library may have any size. */
export const atLeast = (bound: number): number => (isShipped ? bound : 0);

/** The library with its newsletter, whose forms its pages then have; everything of 2026 until December is published. */
export const openOwnWorld = (): Promise<World> =>
  openWorld(ownLibrary, {
    now: "2026-12-01T00:00:00Z",
    settings: { TOKEN_KEYS: `k1:${"x".repeat(32)}`, MAIL_FROM: "a@library.example", RESEND_API_KEY: "x" },
  });
