/** Selects what a feed shows in every format: the newest public texts, with ids that never change. */
import { type CatalogueEntry, withholdLinks } from "../../library/catalogue.ts";
import { entryId, type FeedIdentities, feedId, maxFeedEntries } from "../../library/feed-identities.ts";
import { namesByPath } from "../../library/identity.ts";
import type { Book } from "../../library/manifest.ts";
import { type FeedObject, originMark } from "../../library/objects.ts";
import { href } from "../../routes.ts";
import type { TextContext } from "../../ui/page-context.ts";

export interface FeedSource extends TextContext {
  readonly feed: FeedObject;
  /** If undefined, the feed of the whole library. */
  readonly book?: Book;
  readonly identities: FeedIdentities;
}

export interface Feed {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** The page that the feed belongs to, absolute. */
  readonly page: string;
  readonly entries: readonly FeedEntry[];
}

export interface FeedEntry {
  readonly entry: CatalogueEntry;
  readonly id: string;
  /** Maths is MathML; figures are images with absolute URLs. */
  readonly html: string;
  /** Both ISO 8601. */
  readonly published: string;
  readonly updated: string;
}

export function describeFeed({ catalogue, origin, words, feed, book, identities }: FeedSource): Feed {
  const { manifest } = catalogue;
  const allNames = namesByPath(manifest);
  const shown = feed.entries
    .flatMap(({ path, html }) => {
      const entry = catalogue.byPath.get(path);
      const names = allNames.get(path);
      const published = entry?.chapter.published;
      return entry && names && published !== undefined ? [{ entry, names, html, published }] : [];
    })
    .slice(0, maxFeedEntries);
  return {
    id: feedId(manifest, book && allNames.get(href.book(book.slug)), identities),
    title: book ? `${manifest.title}: ${book.shortTitle}` : manifest.title,
    description: book?.blurb ?? manifest.tagline,
    page: origin + (book ? href.book(book.slug) : href.home()),
    entries: shown.map(({ entry, names, html, published }) => ({
      entry,
      id: entryId(manifest, names, identities),
      html: withholdLinks(catalogue, html, words.chapter.notPublishedYet).replaceAll(originMark, origin),
      published,
      updated: lastChange(published, entry.chapter.updated),
    })),
  };
}

const lastChange = (published: string, updated = published): string => (updated > published ? updated : published);
