/** Renders the Atom feed of corrections: an entry for each, where a feed of chapters only has a later date. */
import {
  correctionEntryId,
  correctionsFeedId,
  type FeedIdentities,
  maxCorrections,
} from "../../library/feed-identities.ts";
import { namesByPath } from "../../library/identity.ts";
import { changesId, href } from "../../routes.ts";
import type { TextContext } from "../../ui/page-context.ts";
import { escapeXml } from "../escape-xml.ts";
import { renderAtomFeed } from "./atom.ts";

/** `now`: milliseconds since 1970. */
export function renderCorrections(context: TextContext, identities: FeedIdentities, now: number): string {
  const { catalogue, origin, words } = context;
  const { manifest } = catalogue;
  return renderAtomFeed(context, {
    id: correctionsFeedId(manifest),
    title: words.feeds.corrections(manifest.title),
    subtitle: words.feeds.aboutCorrections,
    self: origin + href.corrections(),
    page: origin + href.home(),
    entries: newestCorrections(context).map(({ entry, names, change: { at, text } }) => ({
      entry,
      id: correctionEntryId(manifest, names, at, identities),
      title: words.feeds.correction(entry.chapter.title),
      url: `${origin}${entry.path}#${changesId}`,
      published: at,
      updated: at,
      text: `<content type="text">${escapeXml(text)}</content>`,
    })),
    now,
  });
}

function newestCorrections({ catalogue }: TextContext) {
  const allNames = namesByPath(catalogue.manifest);
  return [...catalogue.byPath.values()]
    .flatMap((entry) => {
      const names = allNames.get(entry.path);
      const { published, changes = [] } = entry.chapter;
      if (names === undefined || published === undefined) return [];
      return changes.filter(({ correction }) => correction).map((change) => ({ entry, names, change }));
    })
    .sort((one, other) => (one.change.at < other.change.at ? 1 : -1))
    .slice(0, maxCorrections);
}
