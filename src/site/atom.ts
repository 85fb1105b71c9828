/** Atom feeds with the full text, RFC 4287. */
import { type Catalogue, type Place, placeById, withholdLinks } from "../library/catalogue.ts";
import type { Book } from "../library/manifest.ts";
import { type FeedObject, originMark } from "../library/objects.ts";
import { href } from "../routes.ts";

/** Entries in a feed at most. */
const maxEntries = 25;

/** The feed of a book, or of the whole library without one. Maths is MathML, figures are pictures with absolute addresses. */
export function renderAtom(catalogue: Catalogue, origin: string, feed: FeedObject, book?: Book): string {
  const { manifest } = catalogue;
  const entries = feed.entries
    .flatMap(({ book: slug, id, html }) => {
      const place = placeById(catalogue, slug, id);
      return place?.chapter.published === undefined ? [] : [{ place, html, published: place.chapter.published }];
    })
    .slice(0, maxEntries);
  const updated = entries[0]?.published ?? "2026-01-01T00:00:00.000Z";
  const self = origin + href.feed(book?.slug);
  const page = origin + (book ? href.book(book.slug) : href.home());
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${manifest.language}">
<title>${escapeXml(book ? `${manifest.title}: ${book.shortTitle}` : manifest.title)}</title>
<subtitle>${escapeXml(book?.blurb ?? manifest.tagline)}</subtitle>
<id>${escapeXml(page)}</id>
<link rel="self" type="application/atom+xml" href="${escapeXml(self)}"/>
<link rel="alternate" type="text/html" href="${escapeXml(page)}"/>
<updated>${updated}</updated>
${entries.map(({ place, html, published }) => renderEntry(catalogue, origin, place, html, published)).join("\n")}
</feed>
`;
}

function renderEntry(catalogue: Catalogue, origin: string, place: Place, html: string, published: string): string {
  const { book, chapter, path } = place;
  const host = new URL(origin).host;
  // A tag URI, RFC 4151: it stays the same when the chapter is renamed, so no reader shows it as new.
  const id = `tag:${host},${published.slice(0, 10)}:${book.slug}/${chapter.id}`;
  const content = withholdLinks(catalogue, html).replaceAll(originMark, origin);
  return `<entry${chapter.language === undefined ? "" : ` xml:lang="${chapter.language}"`}>
<title>${escapeXml(chapter.title)}</title>
<id>${escapeXml(id)}</id>
<link rel="alternate" type="text/html" href="${escapeXml(origin + path)}"/>
<published>${published}</published>
<updated>${published}</updated>
${chapter.authors.map((name) => `<author><name>${escapeXml(name)}</name></author>`).join("")}
<category term="${escapeXml(book.slug)}" label="${escapeXml(book.shortTitle)}"/>
<summary>${escapeXml(chapter.excerpt)}</summary>
<content type="html">${escapeXml(content)}</content>
</entry>`;
}

export const escapeXml = (text: string): string =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
