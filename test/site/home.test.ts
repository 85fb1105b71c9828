/** Checks the home page and the index of books for libraries of any size. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { drawRosette } from "../../src/figures/rosette.ts";
import { catalogueAt } from "../../src/library/catalogue.ts";
import { booksForShelf, booksOnShelf } from "../../src/library/home-shelf.ts";
import type { Manifest } from "../../src/library/manifest.ts";
import { HomePage } from "../../src/site/home-page.tsx";
import { en } from "../../src/ui/words/en.ts";
import { releaseOf } from "../newsletter/faults/shelf.ts";
import { openWorld } from "../world.ts";

const kilobyte = 1024;
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A library of that many books with one chapter each; the last has more. */
function library(books: number, more = 0): string {
  const root = mkdtempSync(join(tmpdir(), "shelf-"));
  folders.push(root);
  const write = (path: string, text: string) => writeFileSync(join(root, "content", path), text);
  mkdirSync(join(root, "content"));
  write("library.md", "---\ntitle: Kettles\ntagline: All about kettles.\nauthors: [Nobody]\n---\nAbout.\n");
  for (let book = 1; book <= books; book++) {
    const chapters = Array.from({ length: book === books ? 1 + more : 1 }, (_, index) => `chapter-${index + 1}`);
    mkdirSync(join(root, "content", `book-${book}`));
    write(
      `book-${book}/book.md`,
      `---\ntitle: Book ${book}\nblurb: A book.\norder: ${book}\npublished: 2026-01-01\nchapters: [${chapters}]\n---\nText.\n`,
    );
    for (const slug of chapters)
      write(`book-${book}/${slug}.md`, `---\ntitle: ${slug}\nexcerpt: Why.\npublished: 2026-01-02\n---\nText.\n`);
  }
  return root;
}

const count = (body: string, part: string): number => body.split(part).length - 1;

describe("the home page", () => {
  test.each([
    { books: 0, more: 0, covers: 0, newest: 0, chapters: 0 },
    { books: 1, more: 0, covers: 1, newest: 0, chapters: 1 },
    { books: 1, more: 40, covers: 1, newest: 0, chapters: 24 },
    { books: 2, more: 21, covers: 2, newest: 5, chapters: 0 },
    { books: 9, more: 0, covers: 9, newest: 5, chapters: 0 },
    { books: 60, more: 0, covers: 8, newest: 5, chapters: 0 },
  ])("of $books books, the last with $more chapters more", async ({ books, more, covers, newest, chapters }) => {
    await using world = await openWorld(library(books, more));
    const { body } = await world.get("/");
    expect(count(body, 'class="cover"')).toBe(covers);
    expect(count(body, "<svg width")).toBe(covers);
    expect(count(body, 'class="newest-meta"')).toBe(newest);
    expect(count(body, 'class="entry-excerpt"')).toBe(chapters + (books > 1 ? 1 : 0));
    expect(body.includes('href="/books"')).toBe(books > 1);
    expect(body.includes(`href="/book-1/#contents">All 41 chapters`)).toBe(more === 40);
    expect(brotliCompressSync(body).byteLength).toBeLessThan(14 * kilobyte);
    const index = await world.get("/books");
    expect(count(index.body, "<li data-cloth")).toBe(books);
  });

  test("the index is in the order of the alphabet, with numbers in theirs", async () => {
    await using world = await openWorld(library(11));
    const { body } = await world.get("/books");
    const titles = [...body.matchAll(/class="entry-title"[^>]*>([^<]+)/g)].map(([, title]) => title);
    expect(titles).toEqual(Array.from({ length: 11 }, (_, index) => `Book ${index + 1}`));
    expect(body).toContain("<title>Books · Kettles</title>");
  });
});

describe("the home page of 10,000 chapters", () => {
  const now = Date.parse("2026-06-01T00:00:00Z");

  /** With titles as long as ours, no two alike. */
  function described(books: number): Manifest {
    const volumes = Array.from({ length: 10_000 }, (_, index) => {
      const minute = new Date(Date.parse("2026-01-01T00:00:00Z") + index * 60_000);
      return { book: `book-${index % books}`, id: `chapter-${index}`, published: minute.toISOString() };
    });
    const manifest = releaseOf(volumes);
    return {
      ...manifest,
      tagline: "Short chapters on how modern machine learning works, one question at a time.",
      books: manifest.books.map((book, index) => ({
        ...book,
        title: `Graph Neural Networks ${index}: Learning on Graphs`,
        blurb: `Molecules, maps, citations and friendships are graphs. How network ${index} learns from connections.`,
        contents: book.contents.map((each) => ({
          ...each,
          title: `Message Passing: The Universal Framework ${each.slug}`,
        })),
      })),
    };
  }

  test.each([1, 2, 9, 60, 1000])("in %s books is at most 14 KB", async (books) => {
    const catalogue = catalogueAt(now, described(books));
    const covers = Object.fromEntries(booksOnShelf(catalogue.books).map(({ slug }) => [slug, drawRosette(slug)]));
    const page = { catalogue, origin: "https://library.example", words: en, newsletterOpen: true };
    const body = await HomePage({ page, front: { kind: "front", about: "", covers }, now }).toString();
    expect(body).toContain("Message Passing");
    expect(brotliCompressSync(body).byteLength).toBeLessThan(14 * kilobyte);
  });
});

test("a cover is stored for every book that can be on the shelf at some time, and for no other", () => {
  const book = (slug: string, published?: string) => ({ slug, overview: { published } });
  const old = Array.from({ length: 30 }, (_, index) => book(`old-${index}`, "2026-01-01T00:00:00.000Z"));
  const drafts = Array.from({ length: 5 }, (_, index) => book(`draft-${index}`));
  const late = Array.from({ length: 5 }, (_, index) => book(`late-${index}`, `2026-0${index + 2}-01T00:00:00.000Z`));
  const books = [...drafts, ...late, ...old];
  const stored = new Set(booksForShelf(books));
  const moments = [...books.flatMap(({ overview }) => overview.published ?? []), "2027-01-01T00:00:00.000Z"];
  const shown = new Set(
    moments.flatMap((now) => [...booksOnShelf(books.filter(({ overview }) => (overview.published ?? "x") <= now))]),
  );
  expect([...shown].filter((each) => !stored.has(each))).toEqual([]);
  expect(booksOnShelf(books).every((each) => stored.has(each))).toBe(true);
  expect(stored.size).toBeLessThan(books.length / 2 + 5);
});
