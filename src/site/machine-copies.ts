/** What programs read: the sitemap, robots.txt, and each chapter as Markdown. */
import { type Catalogue, type CatalogueEntry, newestFirst, updateOf } from "../library/catalogue.ts";
import { type ChapterObject, originMark } from "../library/objects.ts";
import { href, mediaPrefix } from "../routes.ts";
import type { PageContext } from "../ui/page-context.ts";
import { escapeXml } from "./atom.ts";

/** https://www.sitemaps.org/protocol.html; at most 50,000 addresses. */
export function renderSitemap(catalogue: Catalogue, origin: string): string {
  const byPath = newestFirst(catalogue);
  const pages = [
    { path: href.home(), changed: byPath[0]?.chapter.published },
    { path: href.about(), changed: undefined },
    ...byPath.map(({ path, chapter }) => ({ path, changed: updateOf(chapter) ?? chapter.published })),
  ];
  const rows = pages.map(({ path, changed }) => {
    const modified = changed ? `<lastmod>${changed.slice(0, 10)}</lastmod>` : "";
    return `<url><loc>${escapeXml(origin + path)}</loc>${modified}</url>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${rows.join("\n")}\n</urlset>\n`;
}

export const renderRobots = (origin: string): string =>
  `User-agent: *\nAllow: /\n\nSitemap: ${origin}${href.sitemap()}\n`;

const markdownLink = /\[((?:[^[\]]|\[[^\]]*\])*)\]\(\0origin\0(\/[^)#\s]*)([^)]*)\)/g;

/** The chapter with its title and whence it came, its links absolute, and those to chapters still to come as plain words. */
export function renderMarkdown(
  { catalogue, origin, words }: PageContext,
  entry: CatalogueEntry,
  object: ChapterObject,
): string {
  const { chapter, book, path } = entry;
  const updated = updateOf(chapter);
  const facts = [
    chapter.authors.join(", "),
    chapter.published && words.dates.day(chapter.published),
    updated && words.chapter.updated(words.dates.day(updated)).join(""),
    book.title,
    origin + path,
  ];
  const text = object.markdown
    .replace(markdownLink, (link, words: string, to: string) =>
      to.startsWith(mediaPrefix) || catalogue.byPath.has(to) || !to.includes("/", 1) ? link : words,
    )
    .replaceAll(originMark, origin);
  return `# ${chapter.title}\n\n> ${chapter.excerpt}\n\n${facts.filter(Boolean).join(" · ")}\n\n${text}\n`;
}
