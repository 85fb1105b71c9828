/** Defines the manifest of a release: every book and chapter with its title, dates and hashes, without text. */
import * as v from "valibot";

const Slug = v.pipe(v.string(), v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/));
/** `book/slug` where a chapter was first published. */
const Identity = v.pipe(v.string(), v.regex(/^[a-z0-9]+(-[a-z0-9]+)*\/[a-z0-9]+(-[a-z0-9]+)*$/));
/** SHA-256 of an object's bytes in hexadecimal: its name in KV and among the deployed assets. */
const Hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
/** `2026-11-24T00:00:00.000Z`: stored as text, compared as numbers. */
const Instant = v.pipe(v.string(), v.isoTimestamp());

/** Changes with this schema, so that a Worker does not trust the manifest of another version of the compiler. */
const format = 4;

/**
 * The objects that the manifest refers to: property name -> file extension. A property added here becomes part of the
 * schema, and rollback, backup and sweep include its object, because they use `objectFiles`.
 */
const libraryObjects = {
  /** Covers, and the About page. */
  front: "json",
  feed: "json",
  /** Absent if no text declares symbols. */
  notation: "json",
  /** Absent if no text marks anything for the index. */
  index: "json",
  /** All questions. Absent if no text has any. */
  recall: "json",
  /** Drawings of what builds on what. Absent if nothing does, if that is too much for a drawing, and in older releases. */
  map: "json",
  /** Root of the search index. */
  search: "search",
  /** The image beside links to pages that have none of their own. */
  shareImage: "png",
} as const;
const bookObjects = {
  feed: "json",
  notation: "json",
  index: "json",
  recall: "json",
  /** Its questions for Anki. */
  deck: "json",
  map: "json",
  /** The Markdown of all its texts. Absent in a book that is too large for one response. */
  fullText: "bin",
} as const;
const chapterObjects = {
  /** See chapter-object.ts. */
  object: "chapter",
  /** The text as Markdown, with absolute links that begin with `originMark`. */
  markdown: "md",
  /** The chapter as an email. */
  mail: "json",
  /** The images of that email, PNGs one after another: a URL has the offset and length of one. Absent if there are none. */
  mailPictures: "bin",
  /** What a search reads of the chapter. Absent in older releases. */
  searchDocument: "search",
  /** The image that is shown beside links to the page. Absent in older releases. */
  shareImage: "png",
} as const;

/** Of the library and of each book: without them, there is no link to their pages. */
const optionalObjects = {
  notation: v.optional(Hash),
  index: v.optional(Hash),
  recall: v.optional(Hash),
  map: v.optional(Hash),
} as const;
const optionalObjectsOfBook = { ...optionalObjects, deck: v.optional(Hash), fullText: v.optional(Hash) } as const;

const hashes = <Names extends object>(names: Names) =>
  Object.fromEntries(Object.keys(names).map((name) => [name, Hash])) as { [Name in keyof Names]: typeof Hash };

const MediaSchema = v.object({ hash: Hash, extension: v.picklist(["svg", "png", "jpg", "webp", "avif", "gif"]) });

const ChangeSchema = v.object({
  at: Instant,
  /** Plain text, formulas in readable Unicode. */
  text: v.string(),
  /** It corrects an error; otherwise it adds or revises something. */
  correction: v.optional(v.literal(true)),
});

/** An author of content/authors.yaml. */
const ProfileSchema = v.object({
  id: Slug,
  name: v.string(),
  /** A paragraph as inline HTML, with links to chapters as in a chapter, and its text alone. */
  biography: v.optional(v.object({ html: v.string(), text: v.string() })),
  link: v.optional(v.string()),
  /** `0000-0002-1825-0097`. */
  orcid: v.optional(v.string()),
  picture: v.optional(v.object({ ...MediaSchema.entries, width: v.number(), height: v.number(), alt: v.string() })),
});

const ChapterSchema = v.object({
  /** From the front matter: the whole identity, `book/slug`, or only the first slug. See identity.ts. */
  id: v.union([Slug, Identity]),
  slug: Slug,
  title: v.string(),
  /** BCP 47, if it is not the library's. */
  language: v.optional(v.string()),
  excerpt: v.string(),
  authors: v.array(v.string()),
  /** Id of the profile of each of `authors`, empty for one without; absent if none has a profile. */
  profileIds: v.optional(v.array(v.union([Slug, v.literal("")]))),
  /** Absent in a draft; may be in the future. */
  published: v.optional(Instant),
  /** Nothing reveals it before it is public: the table of contents omits it. */
  hidden: v.optional(v.literal(true)),
  /** When it last changed substantially: `updated` in the front matter, or the newest of `changes`. */
  updated: v.optional(Instant),
  /** What changed since publication, newest first; no two at the same instant. Absent if nothing is declared. */
  changes: v.optional(v.array(ChangeSchema)),
  minutes: v.number(),
  /** Paths of prerequisites, such as `/transformers/self-attention`. */
  needs: v.array(v.string()),
  ...hashes(chapterObjects),
  mailPictures: v.optional(Hash),
  searchDocument: v.optional(Hash),
  shareImage: v.optional(Hash),
  media: v.array(MediaSchema),
  hasMaths: v.boolean(),
  /** Names of its interactive figures, which a script hydrates. */
  figures: v.array(v.string()),
});

const BookSchema = v.object({
  slug: Slug,
  title: v.string(),
  shortTitle: v.string(),
  /** As for a chapter. */
  language: v.optional(v.string()),
  blurb: v.string(),
  /** As for the library; absent if it is the same. */
  license: v.optional(v.string()),
  cloth: v.string(),
  /** The "Start here" chapter, at the book's own URL. */
  overview: ChapterSchema,
  /** The table of contents, in reading order; an entry without a chapter is planned. */
  contents: v.array(v.union([ChapterSchema, v.object({ slug: Slug, title: v.string() })])),
  ...hashes(bookObjects),
  ...optionalObjectsOfBook,
});

const ManifestSchema = v.object({
  format: v.literal(format),
  title: v.string(),
  tagline: v.string(),
  language: v.string(),
  /** The tagging entity of feed ids (RFC 4151): see feed-identities.ts. */
  feedTag: v.optional(v.string()),
  /** URL of the WebSub hub that feeds name. */
  hub: v.optional(v.string()),
  /** URL of the licence of texts and figures. */
  license: v.optional(v.string()),
  /** What robots.txt asks of the crawlers of AI companies. Absent if they may read everything. */
  aiCrawlers: v.optional(v.picklist(["no-training", "disallow"])),
  authors: v.array(v.string()),
  /** As for a chapter. */
  profileIds: v.optional(v.array(v.union([Slug, v.literal("")]))),
  /** In the order of content/authors.yaml; absent in a library without that file, and in older releases. */
  profiles: v.optional(v.array(ProfileSchema)),
  books: v.array(BookSchema),
  /** Former path -> current path, from `redirect_from`. */
  redirects: v.record(v.string(), v.string()),
  ...hashes(libraryObjects),
  ...optionalObjects,
  /** Absent in older releases. */
  search: v.optional(Hash),
  shareImage: v.optional(Hash),
  /** Further files of the search index, which its root names too. */
  searchFiles: v.optional(v.array(Hash)),
  /** File names under /assets. */
  assets: v.object({
    style: v.string(),
    mathsStyle: v.string(),
    /** For all pages but chapters. */
    pagesStyle: v.string(),
    /** For pages beside the books, such as the map; no book or chapter loads it. */
    companionsStyle: v.string(),
    /** For the desk; no page for readers loads it. */
    deskStyle: v.string(),
    /** Runs before the first paint. */
    headScript: v.string(),
    /** The same, on pages that offer to continue reading. */
    continueScript: v.string(),
    pageScript: v.string(),
    /** Scripts that only some pages load, by name: those of `ui/browser/pages/`. */
    pageScripts: v.record(v.string(), v.string()),
    /** On the author's own machine only: reloads a page that has changed. */
    liveScript: v.string(),
    /** Name of an interactive figure -> the script that hydrates it. */
    figureScripts: v.record(v.string(), v.string()),
    icon: v.string(),
    /** Fonts that every page uses before scrolling. */
    fonts: v.array(v.string()),
    /** Fonts that nearly every formula needs. */
    mathsFonts: v.array(v.string()),
  }),
});

export type Manifest = v.InferOutput<typeof ManifestSchema>;
export type Book = v.InferOutput<typeof BookSchema>;
export type Chapter = v.InferOutput<typeof ChapterSchema>;
export type Change = v.InferOutput<typeof ChangeSchema>;
export type Profile = v.InferOutput<typeof ProfileSchema>;
export type Media = v.InferOutput<typeof MediaSchema>;
export type ContentsEntry = Book["contents"][number];

/** What outputs (src/publish/outputs/) add to the manifest, and to each of its books. */
export type LibraryEntries = Pick<Manifest, keyof typeof libraryObjects | "searchFiles">;
export type BookEntries = Pick<Book, keyof typeof bookObjects>;
const required = (names: object) => Object.keys(names).filter((name) => !(name in optionalObjectsOfBook));
/** Names of the entries that must exist. */
export const outputEntries = {
  library: [...required(libraryObjects), "searchFiles"],
  book: required(bookObjects),
};

export const isWritten = (entry: ContentsEntry): entry is Chapter => "object" in entry;

/** File names of every object that the manifest refers to. */
export function objectFiles(manifest: Omit<Manifest, "assets">): ReadonlySet<string> {
  const chapters = manifest.books.flatMap((book) => [book.overview, ...book.contents.filter(isWritten)]);
  return new Set([
    ...filesOf(manifest, libraryObjects),
    ...(manifest.searchFiles ?? []).map((hash) => `${hash}.${libraryObjects.search}`),
    ...manifest.books.flatMap((book) => filesOf(book, bookObjects)),
    ...chapters.flatMap((chapter) => filesOf(chapter, chapterObjects)),
    ...[
      ...chapters.flatMap(({ media }) => media),
      ...(manifest.profiles ?? []).flatMap(({ picture }) => picture ?? []),
    ].map(({ hash, extension }) => `${hash}.${extension}`),
  ]);
}

/** A property may be absent: not every email has images. */
const filesOf = (owner: object, extensions: Readonly<Record<string, string>>): string[] =>
  Object.entries(extensions).flatMap(([name, extension]) => {
    const hash = Reflect.get(owner, name);
    return hash === undefined ? [] : [`${hash}.${extension}`];
  });

/** Validates a manifest. Throws if another version of the compiler wrote it. */
export function parseManifest(json: unknown): Manifest {
  const result = v.safeParse(ManifestSchema, json);
  if (result.success) return result.output;
  const issue = result.issues[0];
  throw new Error(unreadable(`${v.getDotPath(issue) ?? "manifest"}: ${issue.message}`));
}

/**
 * The manifest that is bundled into the Worker: the build has validated it, and doing so again would be a quarter of an
 * isolate's start. Throws if another version of the compiler wrote it.
 */
export function trustManifest(json: unknown): Manifest {
  if (typeof json === "object" && json !== null && "format" in json && json.format === format) return json as Manifest;
  throw new Error(unreadable("another format"));
}

const unreadable = (why: string): string =>
  `.release/manifest.json cannot be read by this Worker (${why}). Run \`npm run build\`, then deploy again.`;
