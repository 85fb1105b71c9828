/** Renders Atom feeds with the full text (RFC 4287). */
import { type Credit, creditsOf } from "../../library/authors.ts";
import type { Catalogue, CatalogueEntry } from "../../library/catalogue.ts";
import { href } from "../../routes.ts";
import { isoDay } from "../../ui/dates.ts";
import type { TextContext } from "../../ui/page-context.ts";
import { escapeXml } from "../escape-xml.ts";
import { describeFeed, type FeedSource } from "./feed-entries.ts";

/** `now`: milliseconds since 1970. */
export function renderAtom(source: FeedSource, now: number): string {
  const { origin, book } = source;
  const { id, title, description, page, entries } = describeFeed(source);
  return renderAtomFeed(source, {
    id,
    title,
    subtitle: description,
    self: origin + href.feed(book?.slug),
    page,
    entries: entries.map(({ entry, id, html, published, updated }) => ({
      entry,
      id,
      title: entry.chapter.title,
      url: origin + entry.path,
      published,
      updated,
      text: `<summary>${escapeXml(entry.chapter.excerpt)}</summary>
<content type="html">${escapeXml(html)}</content>`,
    })),
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
  readonly entries: readonly AtomEntry[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

interface AtomEntry {
  /** The chapter that it is about. */
  readonly entry: CatalogueEntry;
  readonly id: string;
  readonly title: string;
  /** Absolute. */
  readonly url: string;
  readonly published: string;
  /** The last change that the author considers significant (section 4.2.15). */
  readonly updated: string;
  /** Summary and content, as XML. */
  readonly text: string;
}

export function renderAtomFeed({ catalogue, origin }: TextContext, feed: AtomFeed): string {
  const { language, hub } = catalogue.manifest;
  // Atom requires a date even of a feed without entries: today is used.
  const today = `${isoDay(new Date(feed.now).toISOString())}T00:00:00.000Z`;
  const updated =
    feed.entries
      .map((each) => each.updated)
      .sort()
      .at(-1) ?? today;
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}">
<title>${escapeXml(feed.title)}</title>
<subtitle>${escapeXml(feed.subtitle)}</subtitle>
<id>${escapeXml(feed.id)}</id>
<link rel="self" type="application/atom+xml" href="${escapeXml(feed.self)}"/>
<link rel="alternate" type="text/html" href="${escapeXml(feed.page)}"/>
${hub === undefined ? "" : `<link rel="hub" href="${escapeXml(hub)}"/>\n`}<updated>${updated}</updated>
${feed.entries.map((each) => renderEntry(catalogue, origin, each)).join("\n")}
</feed>
`;
}

function renderEntry(catalogue: Catalogue, origin: string, { entry, ...own }: AtomEntry): string {
  const { book, chapter } = entry;
  // RFC 4946.
  const license = book.license ?? catalogue.manifest.license;
  return `<entry${chapter.language === undefined ? "" : ` xml:lang="${chapter.language}"`}>
<title>${escapeXml(own.title)}</title>
<id>${escapeXml(own.id)}</id>
<link rel="alternate" type="text/html" href="${escapeXml(own.url)}"/>
${license === undefined ? "" : `<link rel="license" href="${escapeXml(license)}"/>\n`}<published>${own.published}</published>
<updated>${own.updated}</updated>
${creditsOf(catalogue, chapter)
  .map((credit) => renderAuthor(credit, origin))
  .join("")}
<category term="${escapeXml(book.slug)}" label="${escapeXml(book.shortTitle)}"/>
${own.text}
</entry>`;
}

/** Section 3.2. Not part of an entry's id or date, so a change of authors makes no entry new. */
const renderAuthor = ({ name, profile }: Credit, origin: string): string =>
  `<author><name>${escapeXml(name)}</name>${profile ? `<uri>${escapeXml(origin + href.author(profile.id))}</uri>` : ""}</author>`;
