/** Renders Atom feeds with the full text (RFC 4287). */
import { type Credit, creditsOf } from "../library/authors.ts";
import { type CatalogueEntry, withholdLinks } from "../library/catalogue.ts";
import { entryId, type FeedIdentities, feedId } from "../library/feed-identities.ts";
import { withoutForbidden } from "../library/forbidden-characters.ts";
import { namesByPath } from "../library/identity.ts";
import type { Book } from "../library/manifest.ts";
import { type FeedObject, originMark } from "../library/objects.ts";
import { href } from "../routes.ts";
import { isoDay } from "../ui/dates.ts";
import type { TextContext } from "../ui/page-context.ts";

const maxEntries = 25;

export interface Feed extends TextContext {
  readonly feed: FeedObject;
  /** If undefined, the feed of the whole library. */
  readonly book?: Book;
  readonly identities: FeedIdentities;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Maths is MathML; figures are images with absolute URLs. */
export function renderAtom({ catalogue, origin, words, feed, book, identities, now }: Feed): string {
  const { manifest } = catalogue;
  const allNames = namesByPath(manifest);
  const feedEntries = feed.entries
    .flatMap(({ path, html }) => {
      const entry = catalogue.byPath.get(path);
      const names = allNames.get(path);
      if (entry?.chapter.published === undefined || !names) return [];
      return [{ entry, html, published: entry.chapter.published, id: entryId(manifest, names, identities) }];
    })
    .slice(0, maxEntries);
  // Atom requires a date even of a feed without entries: today is used.
  const updated = feedEntries.map(lastChange).sort().at(-1) ?? `${isoDay(new Date(now).toISOString())}T00:00:00.000Z`;
  const self = origin + href.feed(book?.slug);
  const page = origin + (book ? href.book(book.slug) : href.home());
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${manifest.language}">
<title>${escapeXml(book ? `${manifest.title}: ${book.shortTitle}` : manifest.title)}</title>
<subtitle>${escapeXml(book?.blurb ?? manifest.tagline)}</subtitle>
<id>${escapeXml(feedId(manifest, book && allNames.get(href.book(book.slug)), identities))}</id>
<link rel="self" type="application/atom+xml" href="${escapeXml(self)}"/>
<link rel="alternate" type="text/html" href="${escapeXml(page)}"/>
<updated>${updated}</updated>
${feedEntries.map((feedEntry) => renderFeedEntry({ catalogue, origin, words }, feedEntry)).join("\n")}
</feed>
`;
}

interface FeedEntry {
  readonly entry: CatalogueEntry;
  readonly html: string;
  readonly published: string;
  readonly id: string;
}

/** RFC 4287, section 4.2.15: the last change that the author considers significant. */
const lastChange = ({ published, entry: { chapter } }: Pick<FeedEntry, "published" | "entry">): string =>
  chapter.updated !== undefined && chapter.updated > published ? chapter.updated : published;

function renderFeedEntry({ catalogue, origin, words }: TextContext, feedEntry: FeedEntry): string {
  const { entry, html, published, id } = feedEntry;
  const { book, chapter, path } = entry;
  const content = withholdLinks(catalogue, html, words.chapter.notPublishedYet).replaceAll(originMark, origin);
  return `<entry${chapter.language === undefined ? "" : ` xml:lang="${chapter.language}"`}>
<title>${escapeXml(chapter.title)}</title>
<id>${escapeXml(id)}</id>
<link rel="alternate" type="text/html" href="${escapeXml(origin + path)}"/>
<published>${published}</published>
<updated>${lastChange(feedEntry)}</updated>
${creditsOf(catalogue, chapter)
  .map((credit) => renderAuthor(credit, origin))
  .join("")}
<category term="${escapeXml(book.slug)}" label="${escapeXml(book.shortTitle)}"/>
<summary>${escapeXml(chapter.excerpt)}</summary>
<content type="html">${escapeXml(content)}</content>
</entry>`;
}

/** RFC 4287, section 3.2. Not part of an entry's id or date, so a change of authors makes no entry new. */
const renderAuthor = ({ name, profile }: Credit, origin: string): string =>
  `<author><name>${escapeXml(name)}</name>${profile ? `<uri>${escapeXml(origin + href.author(profile.id))}</uri>` : ""}</author>`;

/** Without control characters: one of them would make the whole feed unreadable. */
export const escapeXml = (text: string): string =>
  withoutForbidden(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
