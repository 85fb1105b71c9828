/** Renders the sitemap: one list of URLs, or an index and its parts (https://www.sitemaps.org/protocol.html). */
import { hasAuthorList } from "../library/authors.ts";
import { type Catalogue, newestFirst, updateOf } from "../library/catalogue.ts";
import { hasMap } from "../library/prerequisites.ts";
import { href } from "../routes.ts";
import { escapeXml } from "./escape-xml.ts";

/**
 * The protocol's limits are 50,000 URLs and 50 MB. The second needs no check: paths of pages have at most 512 characters
 * (`maxPathLength`), so 50,000 entries have less than 40 MB.
 */
export const maxUrls = 50_000;

interface ListedPage {
  readonly path: string;
  /** ISO 8601. */
  readonly changed: string | undefined;
}

/** One list if it is short enough, otherwise an index of the parts. */
export function renderSitemap(catalogue: Catalogue, origin: string, limit = maxUrls): string {
  const parts = partCount(catalogue, limit);
  if (parts === 1) return urlset(listPages(catalogue), origin);
  const rows = Array.from(
    { length: parts },
    (_, index) => `<sitemap><loc>${escapeXml(origin + href.sitemapPart(index + 1))}</loc></sitemap>`,
  );
  return document("sitemapindex", rows);
}

/** `part`: from 1. */
export const renderSitemapPart = (catalogue: Catalogue, origin: string, part: number, limit = maxUrls): string =>
  urlset(listPages(catalogue).slice((part - 1) * limit, part * limit), origin);

/** The number of the part at this path; a sitemap that is not divided has none. */
export function partAt(catalogue: Catalogue, path: string, limit = maxUrls): number | undefined {
  const part = Number(/^\/sitemap-([1-9]\d{0,5})\.xml$/.exec(path)?.[1] ?? Number.NaN);
  const parts = partCount(catalogue, limit);
  return parts > 1 && part <= parts ? part : undefined;
}

/** Computed without the list, because every look-up of an unknown path asks for it. */
function partCount(catalogue: Catalogue, limit: number): number {
  const urls = ownPages(catalogue).length + catalogue.authors.size + catalogue.byPath.size;
  return Math.max(1, Math.ceil(urls / limit));
}

const ownPages = (catalogue: Catalogue): readonly string[] => [
  href.home(),
  href.about(),
  href.books(),
  ...(catalogue.manifest.notation === undefined ? [] : [href.notation()]),
  ...(catalogue.manifest.index === undefined ? [] : [href.index()]),
  ...(catalogue.manifest.recall === undefined ? [] : [href.recall()]),
  ...(hasMap(catalogue) ? [href.map()] : []),
  ...(hasAuthorList(catalogue) ? [href.authors()] : []),
];

function listPages(catalogue: Catalogue): ListedPage[] {
  const entries = newestFirst(catalogue);
  const unchanged = (path: string) => ({ path, changed: undefined });
  const [home, ...others] = ownPages(catalogue);
  return [
    { path: home ?? href.home(), changed: entries[0]?.chapter.published },
    ...others.map(unchanged),
    ...[...catalogue.authors.keys()].map(unchanged),
    ...entries.map(({ path, chapter }) => ({ path, changed: updateOf(chapter) ?? chapter.published })),
  ];
}

function urlset(pages: readonly ListedPage[], origin: string): string {
  const rows = pages.map(({ path, changed }) => {
    const modified = changed ? `<lastmod>${changed.slice(0, 10)}</lastmod>` : "";
    return `<url><loc>${escapeXml(origin + path)}</loc>${modified}</url>`;
  });
  return document("urlset", rows);
}

const document = (root: "urlset" | "sitemapindex", rows: readonly string[]): string =>
  `<?xml version="1.0" encoding="utf-8"?>\n<${root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${rows.join("\n")}\n</${root}>\n`;
