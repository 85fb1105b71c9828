/** Renders the Atom feed of corrections: an entry for each, where a feed of chapters only has a later date. */
import { creditsOf } from "../../library/authors.ts";
import type { CatalogueEntry } from "../../library/catalogue.ts";
import { correctionEntryId, correctionsFeedId, type FeedIdentities } from "../../library/feed-identities.ts";
import { type Names, namesByPath } from "../../library/identity.ts";
import type { Change } from "../../library/manifest.ts";
import { changesId, href } from "../../routes.ts";
import type { TextContext } from "../../ui/page-context.ts";
import { escapeXml } from "../escape-xml.ts";
import { renderAtomFeed, renderAuthor } from "./atom.ts";

const maxEntries = 50;

interface Correction {
  readonly entry: CatalogueEntry;
  readonly names: Names;
  readonly change: Change;
}

/** `now`: milliseconds since 1970. */
export function renderCorrections(context: TextContext, identities: FeedIdentities, now: number): string {
  const { catalogue, origin, words } = context;
  const { manifest } = catalogue;
  const newest = correctionsOf(context).slice(0, maxEntries);
  return renderAtomFeed(manifest, {
    id: correctionsFeedId(manifest),
    title: words.feeds.corrections(manifest.title),
    subtitle: words.feeds.aboutCorrections,
    self: origin + href.corrections(),
    page: origin + href.home(),
    updated: newest.map(({ change }) => change.at),
    entries: newest.map((correction) => renderCorrection(context, identities, correction)),
    now,
  });
}

function correctionsOf({ catalogue }: TextContext): Correction[] {
  const allNames = namesByPath(catalogue.manifest);
  return [...catalogue.byPath.values()]
    .flatMap((entry) => {
      const names = allNames.get(entry.path);
      const changes = names === undefined || entry.chapter.published === undefined ? [] : (entry.chapter.changes ?? []);
      return changes.filter(({ correction }) => correction).map((change) => ({ entry, names: names as Names, change }));
    })
    .sort((one, other) => (one.change.at < other.change.at ? 1 : -1));
}

function renderCorrection(
  { catalogue, origin, words }: TextContext,
  identities: FeedIdentities,
  { entry: { book, chapter, path }, names, change }: Correction,
): string {
  return `<entry${chapter.language === undefined ? "" : ` xml:lang="${chapter.language}"`}>
<title>${escapeXml(words.feeds.correction(chapter.title))}</title>
<id>${escapeXml(correctionEntryId(catalogue.manifest, names, change.at, identities))}</id>
<link rel="alternate" type="text/html" href="${escapeXml(`${origin}${path}#${changesId}`)}"/>
<published>${change.at}</published>
<updated>${change.at}</updated>
${creditsOf(catalogue, chapter)
  .map((credit) => renderAuthor(credit, origin))
  .join("")}
<category term="${escapeXml(book.slug)}" label="${escapeXml(book.shortTitle)}"/>
<content type="text">${escapeXml(change.text)}</content>
</entry>`;
}
