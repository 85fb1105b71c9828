/** content/ into a release: every text compiled, everything between the texts checked, one manifest. */

import { directionOf, namedLanguage, type Worded } from "../library/language.ts";
import type { Book, Chapter, ContentsEntry, Manifest } from "../library/manifest.ts";
import type { FeedObject, FrontObject } from "../library/objects.ts";
import { href } from "../routes.ts";
import { checkCovers, ornamentOf } from "./assets/book-covers.ts";
import { examples } from "./assets/examples.ts";
import { gallery } from "./assets/gallery.ts";
import { type GlyphSets, mergeGlyphs } from "./assets/glyphs.ts";
import { picturesKey, readPicture } from "./assets/pictures.ts";
import { createDrawingExporter } from "./assets/standalone-drawing.ts";
import { type BetweenTexts, resolveBetweenTexts } from "./checks/between-texts.ts";
import { type CompiledText, compileText, type TextFields, type TextTools } from "./compile-text.ts";
import type { Slugs } from "./markdown/links.ts";
import { setTypography } from "./markdown/typography.ts";
import { type ObjectStore, sha256 } from "./object-store.ts";
import type { BookFields, ChapterFields } from "./source/content-schema.ts";
import { checkMoved } from "./source/moved-chapters.ts";
import { compareText, isError, type Problem, ProblemList } from "./source/problem.ts";
import { type BookSource, type Outline, readContent, type TextSource } from "./source/read-content.ts";
import { advise } from "./source/suggest.ts";

/** A release without the files under /assets, which depend on the glyphs. */
export interface CompiledLibrary {
  readonly manifest: Omit<Manifest, "assets">;
  readonly glyphs: GlyphSets;
  readonly katexClasses: ReadonlySet<string>;
  readonly warnings: readonly Problem[];
  /** How many texts there are, and how many had to be compiled this time. */
  readonly texts: number;
  readonly compiled: number;
}

export type LibraryResult =
  | ({ readonly kind: "compiled" } & CompiledLibrary)
  | { readonly kind: "refused"; readonly problems: readonly Problem[] };

/** Texts in a feed at most. Older ones are in the archive of whoever subscribed. */
const maxFeedEntries = 50;

const anySlug: Slugs = { has: () => true, [Symbol.iterator]: () => [][Symbol.iterator]() };

interface Entry {
  readonly book: BookSource | undefined;
  /** Empty for an overview and for the About page. */
  readonly slug: string;
  readonly source: TextSource<TextFields & Worded & { readonly published?: string | undefined }>;
  readonly path: string;
}

/** Compiles again and again, and compiles only what changed since: one for the life of a process. */
export class LibraryCompiler {
  readonly #root: string;
  readonly #tools: TextTools;
  readonly #compiled = new Map<string, { key: string; text: CompiledText }>();

  constructor(root: string, store: ObjectStore) {
    this.#root = root;
    this.#tools = {
      root,
      store,
      gallery,
      exportDrawing: createDrawingExporter(),
    };
  }

  /** `onProgress` is called after each text. With `now` (milliseconds) dates that are years away are told, and moves that no front matter explains. */
  async compile(
    onProgress: (done: number, of: number) => void = () => undefined,
    now?: number,
  ): Promise<LibraryResult> {
    const problems = new ProblemList();
    const outline = readContent(this.#root, problems);
    if (!outline) return { kind: "refused", problems: problems.sorted() };

    const chaptersOf = new Map<string, Slugs>(
      outline.books.map((book) => [book.slug, new Set(book.contents.map(({ slug }) => slug))]),
    );
    for (const slug of outline.unreadable) chaptersOf.set(slug, anySlug);
    const entries = listEntries(outline);
    const inFeed = newestPaths(entries);
    const surroundingsKey = sha256(
      JSON.stringify([[...outline.works], [...chaptersOf].map(([slug, chapters]) => [slug, [...chapters]])]),
    );
    const texts = new Map<string, CompiledText>();
    let compiled = 0;
    for (const entry of entries) {
      const { file } = entry.source;
      const cloth = entry.book?.overview.data.cloth;
      const language = namedLanguage(outline.library.data, entry.book?.overview.data, entry.source.data);
      const key = `${surroundingsKey} ${cloth} ${language} ${outline.library.data.language} ${inFeed.has(entry.path)} ${sha256(file.text)} ${picturesKey(this.#root, file.path)}`;
      const known = this.#compiled.get(entry.path);
      let text = known?.key === key ? known.text : undefined;
      if (!text) {
        text = await compileText(
          {
            source: entry.source,
            path: entry.path,
            works: outline.works,
            explainsItsSymbols: entry.book !== undefined,
            numbers: examples.get(file.path),
            inFeed: inFeed.has(entry.path),
            keepHtml: entry.book === undefined,
            cover: entry.book && entry.slug === "" ? ornamentOf(entry.book) : undefined,
            language,
            direction: directionOf(language ?? outline.library.data.language),
            mail: cloth === undefined ? undefined : { cloth, key: sha256(`${entry.path} ${key}`) },
            surroundings: {
              book: entry.book?.slug,
              chaptersOf,
              references: entry.source.data.references,
              figureNames: [...gallery.keys()],
              hasPicture: (name) => readPicture(this.#root, file.path, name) !== undefined,
            },
          },
          this.#tools,
        );
        this.#compiled.set(entry.path, { key, text });
        compiled += 1;
      }
      texts.set(entry.path, text);
      problems.addAll(text.problems);
      onProgress(texts.size, entries.length);
    }
    for (const path of this.#compiled.keys()) if (!texts.has(path)) this.#compiled.delete(path);

    checkAnchors(entries, texts, problems);
    checkCovers(outline, problems);
    const resolved = resolveBetweenTexts(outline, chaptersOf, problems, now);
    if (now !== undefined) await checkMoved(this.#root, outline, resolved.redirects, now, problems);
    const found = problems.sorted();
    if (found.some(isError)) return { kind: "refused", problems: found };
    const manifest = this.#buildManifest(outline, texts, inFeed, resolved);
    const printed = JSON.stringify(manifest);
    return {
      kind: "compiled",
      manifest,
      glyphs: mergeGlyphs([...[...texts.values()].map((text) => text.glyphs), new Map([["text", new Set(printed)]])]),
      katexClasses: new Set([...texts.values()].flatMap((text) => text.classes.split(" "))),
      warnings: found,
      texts: entries.length,
      compiled,
    };
  }

  #buildManifest(
    outline: Outline,
    texts: ReadonlyMap<string, CompiledText>,
    inFeed: ReadonlySet<string>,
    { needs, redirects }: BetweenTexts,
  ): CompiledLibrary["manifest"] {
    const { library } = outline;
    const putJson = (value: FeedObject | FrontObject) => this.#tools.store.put(`${JSON.stringify(value)}\n`, "json");
    const textAt = (path: string): CompiledText => {
      const text = texts.get(path);
      if (!text) throw new Error(`${path} was not compiled`);
      return text;
    };
    const set = (words: string) => setTypography(words, "");
    const describe = (book: BookSource, path: string, slug: string, fields: ChapterFields | BookFields): Chapter => {
      const text = textAt(path);
      const language = namedLanguage(library.data, book.overview.data, fields);
      return {
        id: fields.id ?? slug,
        slug,
        title: set(fields.title),
        ...(language !== undefined && { language }),
        excerpt: set(fields.excerpt ?? ("blurb" in fields ? fields.blurb : "")),
        authors: [...(fields.authors ?? library.data.authors)],
        ...(fields.published !== undefined && { published: fields.published }),
        ...(fields.updated !== undefined && { updated: fields.updated }),
        ...("hidden_until_published" in fields && fields.hidden_until_published && { hidden: true as const }),
        minutes: text.minutes,
        needs: [...(needs.get(path) ?? [])],
        object: text.object,
        mail: text.mail?.mail ?? "",
        ...(text.mail?.mailPictures !== undefined && { mailPictures: text.mail.mailPictures }),
        media: [...text.media],
        hasMaths: text.hasMaths,
        figures: [...text.interactiveFigures],
      };
    };
    const feedEntries: { path: string; published: string }[] = [];
    const putFeed = (entries: typeof feedEntries) =>
      putJson({
        kind: "feed",
        entries: [...entries]
          .sort((a, b) => compareText(b.published, a.published) || compareText(a.path, b.path))
          .slice(0, maxFeedEntries)
          .map(({ path }) => ({ path, html: textAt(path).feedHtml ?? "" })),
      });
    const books = outline.books.map((source): Book => {
      const overview = describe(source, href.book(source.slug), source.slug, source.overview.data);
      const contents = source.contents.map(({ slug, title }): ContentsEntry => {
        const chapter = source.chapters.get(slug);
        return chapter
          ? describe(source, href.chapter(source.slug, slug), slug, chapter.data)
          : { slug, title: set(title ?? slug) };
      });
      const own = [{ path: href.book(source.slug), chapter: overview as ContentsEntry }]
        .concat(contents.map((chapter) => ({ path: href.chapter(source.slug, chapter.slug), chapter })))
        .flatMap(({ path, chapter }) =>
          "object" in chapter && chapter.published && inFeed.has(path) ? [{ path, published: chapter.published }] : [],
        );
      feedEntries.push(...own);
      const { title, short_title: shortTitle, blurb, cloth } = source.overview.data;
      const { language } = overview;
      return {
        slug: source.slug,
        title: set(title),
        shortTitle: set(shortTitle ?? title),
        ...(language !== undefined && { language }),
        blurb: set(blurb),
        cloth,
        overview,
        contents,
        feed: putFeed(own),
      };
    });
    return {
      format: 1,
      title: set(library.data.title),
      tagline: set(library.data.tagline),
      language: library.data.language,
      ...(library.data.feed_tag !== undefined && { feedTag: library.data.feed_tag }),
      authors: [...library.data.authors],
      books,
      redirects: Object.fromEntries([...redirects].sort(([a], [b]) => compareText(a, b))),
      front: putJson({
        kind: "front",
        about: textAt(href.about()).html,
        covers: Object.fromEntries(outline.books.map((book) => [book.slug, ornamentOf(book)])),
      }),
      feed: putFeed(feedEntries),
    };
  }
}

function listEntries({ library, books }: Outline): Entry[] {
  const about: Entry = {
    book: undefined,
    slug: "",
    path: href.about(),
    source: { ...library, data: { symbols: [], references: [] } },
  };
  const texts = books.flatMap((book): Entry[] => [
    { book, slug: "", path: href.book(book.slug), source: book.overview },
    ...[...book.chapters].map(([slug, source]) => ({ book, slug, source, path: href.chapter(book.slug, slug) })),
  ]);
  return [about, ...texts];
}

/** Paths of the dated texts that some feed can show: the newest of each book, scheduled ones included. */
function newestPaths(entries: readonly Entry[]): ReadonlySet<string> {
  const byBook = Map.groupBy(
    entries.filter((entry) => entry.source.data.published !== undefined),
    (entry) => entry.book?.slug,
  );
  const dateOf = (entry: Entry) => entry.source.data.published ?? "";
  return new Set(
    [...byBook.values()].flatMap((group) =>
      group
        .sort((a, b) => compareText(dateOf(b), dateOf(a)) || compareText(a.path, b.path))
        .slice(0, maxFeedEntries)
        .map(({ path }) => path),
    ),
  );
}

function checkAnchors(
  entries: readonly Entry[],
  texts: ReadonlyMap<string, CompiledText>,
  problems: ProblemList,
): void {
  for (const { path: from, source } of entries) {
    for (const { path, anchor, span } of texts.get(from)?.chapterLinks ?? []) {
      const target = texts.get(path);
      if (anchor === undefined || !target || target.anchors.has(anchor)) continue;
      problems.add(
        source.file,
        span,
        `${path} has no heading \`#${anchor}\`.`,
        advise(anchor, [...target.anchors], "anchors there"),
      );
    }
  }
}
