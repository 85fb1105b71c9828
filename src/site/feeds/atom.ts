/** Renders Atom feeds with the full text (RFC 4287). */
import { type Credit, creditsOf } from "../../library/authors.ts";
import type { Catalogue } from "../../library/catalogue.ts";
import type { Manifest } from "../../library/manifest.ts";
import { href } from "../../routes.ts";
import { isoDay } from "../../ui/dates.ts";
import { escapeXml } from "../escape-xml.ts";
import { describeFeed, type FeedEntry, type FeedSource } from "./feed-entries.ts";

/** `now`: milliseconds since 1970. */
export function renderAtom(source: FeedSource, now: number): string {
  const { catalogue, origin, book } = source;
  const { id, title, description, page, entries } = describeFeed(source);
  return renderAtomFeed(catalogue.manifest, {
    id,
    title,
    subtitle: description,
    self: origin + href.feed(book?.slug),
    page,
    updated: entries.map(({ updated }) => updated),
    entries: entries.map((entry) => renderEntry(catalogue, origin, entry)),
    now,
  });
}

interface AtomFeed {
  readonly id: string;
  readonly title: string;
  readonly subtitle: string;
  /** Absolute, as `page`. */
  readonly self: string;
  readonly page: string;
  /** When each entry was last changed. */
  readonly updated: readonly string[];
  /** As XML. */
  readonly entries: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

export function renderAtomFeed({ language, hub }: Manifest, feed: AtomFeed): string {
  // Atom requires a date even of a feed without entries: today is used.
  const updated = [...feed.updated].sort().at(-1) ?? `${isoDay(new Date(feed.now).toISOString())}T00:00:00.000Z`;
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}">
<title>${escapeXml(feed.title)}</title>
<subtitle>${escapeXml(feed.subtitle)}</subtitle>
<id>${escapeXml(feed.id)}</id>
<link rel="self" type="application/atom+xml" href="${escapeXml(feed.self)}"/>
<link rel="alternate" type="text/html" href="${escapeXml(feed.page)}"/>
${hub === undefined ? "" : `<link rel="hub" href="${escapeXml(hub)}"/>\n`}<updated>${updated}</updated>
${feed.entries.join("\n")}
</feed>
`;
}

/** `updated` is the last change that the author considers significant (section 4.2.15). */
function renderEntry(catalogue: Catalogue, origin: string, { entry, id, html, published, updated }: FeedEntry): string {
  const { book, chapter, path } = entry;
  return `<entry${chapter.language === undefined ? "" : ` xml:lang="${chapter.language}"`}>
<title>${escapeXml(chapter.title)}</title>
<id>${escapeXml(id)}</id>
<link rel="alternate" type="text/html" href="${escapeXml(origin + path)}"/>
<published>${published}</published>
<updated>${updated}</updated>
${creditsOf(catalogue, chapter)
  .map((credit) => renderAuthor(credit, origin))
  .join("")}
<category term="${escapeXml(book.slug)}" label="${escapeXml(book.shortTitle)}"/>
<summary>${escapeXml(chapter.excerpt)}</summary>
<content type="html">${escapeXml(html)}</content>
</entry>`;
}

/** Section 3.2. Not part of an entry's id or date, so a change of authors makes no entry new. */
export const renderAuthor = ({ name, profile }: Credit, origin: string): string =>
  `<author><name>${escapeXml(name)}</name>${profile ? `<uri>${escapeXml(origin + href.author(profile.id))}</uri>` : ""}</author>`;
