/** Checks the date of a chapter's last update in every place that shows its dates. */
import { expect, test } from "vitest";
import { type CatalogueEntry, catalogueAt } from "../../src/library/catalogue.ts";
import { renderMarkdown } from "../../src/site/chapter-markdown.ts";
import { Byline } from "../../src/site/chapter-page.tsx";
import { renderSitemap } from "../../src/site/sitemap.ts";
import { en } from "../../src/ui/words/en.ts";
import { releaseOf } from "../newsletter/faults/shelf.ts";

const now = Date.parse("2027-01-01T00:00:00.000Z");
const origin = "https://library.example";

function shown(updated: string | undefined) {
  const manifest = releaseOf([{ book: "tea", id: "cooling", published: "2026-11-24T09:00:00.000Z" }]);
  const books = manifest.books.map((book) => ({
    ...book,
    contents: book.contents.map((entry) => ({ ...entry, ...(updated !== undefined && { updated }) })),
  }));
  const catalogue = catalogueAt(now, { ...manifest, books });
  const page = { catalogue, origin, words: en, newsletterOpen: false };
  const entry = catalogue.byPath.get("/tea/cooling") as CatalogueEntry;
  return {
    page: String(Byline({ page, entry, now })),
    sitemap: renderSitemap(catalogue, origin),
    markdown: renderMarkdown(page, entry, ""),
  };
}

test("a chapter that was updated says so on its page, in the sitemap and in its Markdown", () => {
  const { page, sitemap, markdown } = shown("2026-12-03T00:00:00.000Z");
  expect(page).toContain('Updated <time datetime="2026-12-03">3 December 2026</time>');
  expect(page).toContain('datetime="2026-11-24"');
  expect(sitemap).toContain("/tea/cooling</loc><lastmod>2026-12-03</lastmod>");
  expect(markdown).toContain("24 November 2026 · Updated 3 December 2026 · ");
});

test.each([undefined, "2026-11-24T00:00:00.000Z", "2026-01-01T00:00:00.000Z"])(
  "%s is no update: not after the day of publication",
  (updated) => {
    const { page, sitemap, markdown } = shown(updated);
    expect(page + markdown).not.toContain("Updated");
    expect(sitemap).toContain("/tea/cooling</loc><lastmod>2026-11-24</lastmod>");
  },
);
