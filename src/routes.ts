/** Builds every public path. Pages, feeds, redirects and tests take their URLs from here. */

/** Prefix of all images and files of chapters. */
export const mediaPrefix = "/media/";

/** Id of the list of changes on a chapter's page. */
export const changesId = "changes";

export const href = {
  home: () => "/",
  about: () => "/about",
  /** The index of all books. */
  books: () => "/books",
  /** All symbols, of one book if it is named. */
  notation: (book?: string) => (book ? `/notation?book=${book}` : "/notation"),
  index: (book?: string) => (book ? `/index?book=${book}` : "/index"),
  /** Questions that come back; those of one book if it is named. */
  recall: (book?: string) => (book ? `/recall?book=${book}` : "/recall"),
  /** The questions of a book for Anki. */
  deck: (book: string) => `/recall/${book}.tsv`,
  /** What builds on what: in the library, or in a book. */
  map: (book?: string) => (book ? `/map?book=${book}` : "/map"),
  /** Everything to read before a text, with the path of its page. */
  way: (path: string) => `/map?to=${path.slice(1)}`,
  /** `exact`: misspelt words are searched for as they are. */
  search: ({ q = "", book, exact = false }: { q?: string; book?: string | undefined; exact?: boolean } = {}) => {
    const query = new URLSearchParams({ ...(q && { q }), ...(book && { book }), ...(exact && { exact: "1" }) });
    return query.size > 0 ? `/search?${query}` : "/search";
  },
  /** The same results as JSON. */
  searchJson: () => "/search.json",
  /** Describes the search for browsers. */
  openSearch: () => "/opensearch.xml",
  /** What is measured, and what is not. */
  counting: () => "/about/counting",
  /** All authors, if there are several. */
  authors: () => "/authors/",
  author: (id: string) => `/authors/${id}`,
  book: (book: string) => `/${book}/`,
  chapter: (book: string, chapter: string) => `/${book}/${chapter}`,
  markdown: (book: string, chapter: string | undefined) => (chapter ? `/${book}/${chapter}.md` : `/${book}/index.md`),
  /** As Atom. */
  feed: (book?: string) => (book ? `/${book}/feed.xml` : "/feed.xml"),
  jsonFeed: (book?: string) => (book ? `/${book}/feed.json` : "/feed.json"),
  /** The feed of corrections. */
  corrections: () => "/corrections.xml",
  /**
   * The image beside links to a chapter or an overview, or to pages without their own. Networks keep images by URL, so it
   * has the beginning of the hash; the Worker ignores the query.
   */
  shareImage: (hash: string, book?: string, chapter = "index") =>
    `${book === undefined ? "" : `/${book}`}/${chapter}.png?v=${hash.slice(0, 6)}`,
  media: (hash: string, extension: string) => `${mediaPrefix}${hash}.${extension}`,
  /** An image of a chapter's email: `length` bytes from `start` in the pack with that hash. */
  mailPicture: (pack: string, start: number, length: number) => `/mail/${pack}/${start}-${length}.png`,
  /** What the library has, for language models (https://llmstxt.org), and all texts of a book. */
  llms: () => "/llms.txt",
  fullText: (book: string) => `/${book}/llms-full.txt`,
  /** The library as tools of language models (https://modelcontextprotocol.io). */
  mcp: () => "/mcp",
  sitemap: () => "/sitemap.xml",
  /** One of several, from 1. */
  sitemapPart: (part: number) => `/sitemap-${part}.xml`,
  robots: () => "/robots.txt",
  /** A file that is deployed with the Worker and served without it; the Worker responds for missing ones. */
  asset: (file: string) => `/assets/${file}`,
  newsletter: () => "/newsletter/",
  subscribe: () => "/newsletter/subscribe",
  /** Every edition that was sent; of one year if it is named. */
  archive: (year?: string) => (year ? `/newsletter/archive/${year}` : "/newsletter/archive"),
  /** An edition; with `version`, the email with those of its chapters that a recipient got. */
  archivedEdition: (edition: string, version?: string) =>
    `/newsletter/archive/${edition}${version === undefined ? "" : `/${version}`}`,
  /** The email alone. */
  archivedEmail: (edition: string, version: string) => `/newsletter/archive/${edition}/${version}/email`,
  /** Our promise to subscribers, and how it is tested. */
  promise: () => "/newsletter/promise",
  checkInbox: () => "/newsletter/check-your-inbox",
  confirm: (token: string) => `/newsletter/confirm/${token}`,
  /** The form that emails a new link to the preferences page. */
  preferencesLink: () => "/newsletter/preferences",
  linkSent: () => "/newsletter/link-sent",
  preferences: (token: string) => `/newsletter/preferences/${token}`,
  ownData: (token: string) => `/newsletter/preferences/${token}/data`,
  newAddress: (token: string) => `/newsletter/address/${token}`,
  unsubscribe: (token: string) => `/newsletter/leave/${token}`,
  unsubscribeReason: (token: string) => `/newsletter/leave/${token}/why`,
  resubscribe: (token: string) => `/newsletter/return/${token}`,
  /** The local inbox, on the author's own machine only. */
  inbox: () => "/newsletter/inbox",
  /** Resend reports delivery events here. */
  webhook: () => "/newsletter/webhooks/resend",
  /** What the reader's own browser keeps. */
  ownReading: () => "/reading",
  /** A page's script reports reading here, and a reader answers whether the page was clear. */
  reading: () => "/stats/reading",
  feedback: () => "/stats/feedback",
  /** The form for a message to the author; with the identity of the text that it is about. */
  correct: (text?: string) => (text === undefined ? "/correct" : `/correct?${new URLSearchParams({ text })}`),
  /** After a message was sent. */
  messageSent: (text?: string, fragment?: string) => {
    const query = new URLSearchParams({ ...(text && { text }), ...(fragment && { at: fragment }) });
    return query.size > 0 ? `/correct/sent?${query}` : "/correct/sent";
  },
  /** The author dashboard, behind a login. */
  desk: () => "/desk/",
  deskReading: (page?: string) => (page ? `/desk/reading/${page}` : "/desk/reading"),
  deskSubscribers: () => "/desk/subscribers",
  deskEditions: (edition?: string) => (edition ? `/desk/editions/${edition}` : "/desk/editions"),
  /** Asks the author to confirm an action on an edition. */
  deskAction: (edition: string, answer: string) => `/desk/editions/${edition}/${answer}`,
  deskNotices: () => "/desk/notices",
  /** Receives the answer to whether a chapter is new or moved. */
  deskQuestions: () => "/desk/questions",
  deskFeedback: () => "/desk/feedback",
  /** Asks the author to confirm that an answer of a reader is deleted. */
  deskDeleteFeedback: (id: string) => `/desk/feedback/${id}/delete`,
  /** Messages from readers in a state: those that are open, if it is not named. */
  deskMessages: (state?: string) => (state ? `/desk/messages?state=${state}` : "/desk/messages"),
  /** Asks the author to confirm that a message is deleted. */
  deskDeleteMessage: (id: string) => `/desk/messages/${id}/delete`,
  deskCalendar: () => "/desk/calendar",
  /** Creates preview links; with a chapter, redirects to its preview as a page or as an email. */
  deskPreview: (chapter?: string, look?: "mail") =>
    `/desk/previews${chapter === undefined ? "" : `/${chapter}`}${look === undefined ? "" : `/${look}`}`,
  /** A chapter that is not public yet, for anyone with the link. */
  preview: (token: string) => `/preview/${token}`,
  /** Mistakes in content/, for the open pages of `npm start`. */
  problems: () => "/preview/problems",
  previewMedia: (token: string, hash: string, extension: string) => `/preview/${token}/media/${hash}.${extension}`,
  /** With a file: the email's body in one of its looks, or its style sheet. */
  previewMail: (token: string, file?: string) => `/preview/${token}/mail${file === undefined ? "" : `/${file}`}`,
  previewMailPicture: (token: string, picture: string) => `/preview/${token}/mail/pictures/${picture}`,
} as const;

/** Pages that a chapter may link to, besides books and chapters. */
export const linkablePages: readonly string[] = [
  href.home(),
  href.about(),
  href.feed(),
  href.jsonFeed(),
  href.corrections(),
  href.notation(),
  href.index(),
  href.recall(),
  href.map(),
  href.llms(),
];

/** Paths of the library that belong to no book. */
export const fixedPaths: readonly string[] = [
  ...linkablePages,
  href.books(),
  href.search(),
  href.searchJson(),
  href.openSearch(),
  href.counting(),
  href.ownReading(),
  href.robots(),
  href.sitemap(),
];

/** Pages that read the query of their URL: the form of a page filters it. */
export const filteredPaths: readonly string[] = [
  href.notation(),
  href.index(),
  href.recall(),
  href.map(),
  href.search(),
  href.searchJson(),
];

/** Patterns for Hono. `:chapter` matches everything after the last slash, including its extension. */
export const pattern = {
  home: "/",
  about: "/about",
  books: "/books",
  ownReading: "/reading",
  notation: "/notation",
  index: "/index",
  recall: "/recall",
  deck: "/recall/:file",
  map: "/map",
  search: "/search",
  searchJson: "/search.json",
  authors: "/authors/",
  author: "/authors/:author",
  feed: "/feed.xml",
  jsonFeed: "/feed.json",
  robots: "/robots.txt",
  sitemapPart: "/:part{sitemap-[0-9]+[.]xml}",
  favicon: "/favicon.ico",
  missingAsset: "/assets/*",
  shareImage: "/index.png",
  media: `${mediaPrefix}:file`,
  mailPicture: "/mail/:pack/:picture",
  /** IndexNow's key file, if its name is the key. */
  keyFile: "/:file{[A-Za-z0-9-]+\\.txt}",
  book: "/:book/",
  bookFeed: "/:book/feed.xml",
  bookJsonFeed: "/:book/feed.json",
  fullText: "/:book/llms-full.txt",
  chapter: "/:book/:chapter",
  archiveYear: "/newsletter/archive/:year{[0-9]+}",
  archivedEdition: "/newsletter/archive/:edition/:version?",
  archivedEmail: "/newsletter/archive/:edition/:version/email",
  confirm: "/newsletter/confirm/:token",
  preferences: "/newsletter/preferences/:token",
  ownData: "/newsletter/preferences/:token/data",
  newAddress: "/newsletter/address/:token",
  unsubscribe: "/newsletter/leave/:token",
  unsubscribeReason: "/newsletter/leave/:token/why",
  resubscribe: "/newsletter/return/:token",
  preview: "/preview/:token",
  previewMedia: "/preview/:token/media/:file",
  previewMail: "/preview/:token/mail",
  previewMailFile: "/preview/:token/mail/:file",
  previewMailPicture: "/preview/:token/mail/pictures/:picture",
} as const;

/** Slugs that books cannot have, because other paths begin with them. */
export const reservedSlugs: readonly string[] = [
  "about",
  "assets",
  "authors",
  "books",
  "correct",
  "desk",
  "index",
  "mail",
  "map",
  "mcp",
  "media",
  "newsletter",
  "notation",
  "objects",
  "preview",
  "reading",
  "recall",
  "search",
  "shelf",
  "stats",
];
