/** Renders JSON feeds with the full text (JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/). */
import { creditsOf } from "../../library/authors.ts";
import type { Catalogue } from "../../library/catalogue.ts";
import { withoutForbidden } from "../../library/forbidden-characters.ts";
import type { Chapter, Manifest } from "../../library/manifest.ts";
import { href } from "../../routes.ts";
import { describeFeed, type FeedEntry, type FeedSource } from "./feed-entries.ts";

/** Ids are those of the Atom feed: an app that follows both shows an entry once. */
export function renderJsonFeed(source: FeedSource): string {
  const { catalogue, origin, book } = source;
  const { manifest } = catalogue;
  const { title, description, page, entries } = describeFeed(source);
  const feed = {
    version: "https://jsonfeed.org/version/1.1",
    title,
    description,
    home_page_url: page,
    feed_url: origin + href.jsonFeed(book?.slug),
    language: book?.language ?? manifest.language,
    authors: authorsOf(catalogue, origin, manifest),
    ...(manifest.hub !== undefined && { hubs: [{ type: "WebSub", url: manifest.hub }] }),
    items: entries.map((entry) => itemOf(catalogue, origin, entry)),
  };
  return `${JSON.stringify(feed, (_, value) => (typeof value === "string" ? withoutForbidden(value) : value))}\n`;
}

const itemOf = (catalogue: Catalogue, origin: string, { entry, id, html, published, updated }: FeedEntry) => ({
  id,
  url: origin + entry.path,
  title: entry.chapter.title,
  content_html: html,
  summary: entry.chapter.excerpt,
  date_published: published,
  ...(updated !== published && { date_modified: updated }),
  authors: authorsOf(catalogue, origin, entry.chapter),
  tags: [entry.book.shortTitle],
  language: entry.chapter.language ?? catalogue.manifest.language,
});

const authorsOf = (
  catalogue: Catalogue,
  origin: string,
  credited: Pick<Chapter | Manifest, "authors" | "profileIds">,
) =>
  creditsOf(catalogue, credited).map(({ name, profile }) => ({
    name,
    ...(profile && { url: origin + href.author(profile.id) }),
  }));
