/**
 * Builds the feeds of the library and of each book: the newest texts in full. The Worker leaves out texts that are not
 * public yet.
 */
import { type ContentsEntry, isWritten } from "../../library/manifest.ts";
import { href } from "../../routes.ts";
import { compareText } from "../source/problem.ts";
import type { CompiledText } from "../text/compiled-text.ts";
import { type CompiledTexts, type DescribedBook, jsonObject, type Output, type OutputObject } from "./output.ts";

/** Feed readers keep older entries themselves. */
const maxFeedEntries = 50;

interface DatedText {
  readonly path: string;
  readonly published: string;
}

export const feeds: Output = {
  name: "feeds",
  build({ books, textAt }) {
    const own = books.map((book) => ({ slug: book.slug, texts: datedTexts(book, textAt) }));
    const library = feedOf(
      own.flatMap(({ texts }) => texts),
      textAt,
    );
    const ofBooks = own.map(({ slug, texts }) => ({ slug, object: feedOf(texts, textAt) }));
    return {
      objects: [library, ...ofBooks.map(({ object }) => object)],
      entries: {
        library: { feed: library.hash },
        books: new Map(ofBooks.map(({ slug, object }) => [slug, { feed: object.hash }])),
      },
    };
  },
};

/** The newest texts first, up to the limit of a feed; texts with equal dates are ordered by path. */
export const newestTexts = <Text extends DatedText>(texts: readonly Text[]): Text[] =>
  [...texts]
    .sort((a, b) => compareText(b.published, a.published) || compareText(a.path, b.path))
    .slice(0, maxFeedEntries);

interface BuiltFeed extends Pick<OutputObject, "hash" | "size"> {
  readonly texts: readonly CompiledText[];
}

/**
 * Feeds by their newest text and their paths: in a running process, a change leaves most of them as they are. Their
 * bytes are not kept, because they are as large as all texts together.
 */
const built = new WeakMap<CompiledText, Map<string, BuiltFeed>>();

function feedOf(dated: readonly DatedText[], textAt: CompiledTexts["textAt"]): OutputObject {
  const newest = newestTexts(dated);
  const texts = newest.map(({ path }) => textAt(path));
  const build = () =>
    jsonObject({
      kind: "feed",
      entries: newest.map(({ path }, index) => ({ path, html: texts[index]?.feedHtml ?? "" })),
    });
  const [first] = texts;
  if (!first) return build();
  const byPaths = built.get(first) ?? new Map<string, BuiltFeed>();
  built.set(first, byPaths);
  const paths = newest.map(({ path }) => path).join(" ");
  const known = byPaths.get(paths);
  if (known && texts.every((text, index) => text === known.texts[index])) {
    const { hash, size } = known;
    return { hash, size, bytes: () => build().bytes(), extension: "json" };
  }
  const feed = build();
  byPaths.set(paths, { hash: feed.hash, size: feed.size, texts });
  return feed;
}

/** Only the newest texts of a book were rendered for feeds: see `feedHtml`. */
function datedTexts({ slug, overview, contents }: DescribedBook, textAt: CompiledTexts["textAt"]): DatedText[] {
  const entries: { path: string; entry: ContentsEntry }[] = [
    { path: href.book(slug), entry: overview },
    ...contents.map((entry) => ({ path: href.chapter(slug, entry.slug), entry })),
  ];
  return entries.flatMap(({ path, entry }) =>
    isWritten(entry) && entry.published !== undefined && textAt(path).feedHtml !== undefined
      ? [{ path, published: entry.published }]
      : [],
  );
}
