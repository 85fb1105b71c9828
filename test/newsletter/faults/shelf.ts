/** Releases of a small library: what a deploy brings, as far as the newsletter looks at it. */
import type { Chapter, Manifest } from "../../../src/library/manifest.ts";

export interface Volume {
  readonly book: string;
  readonly id: string;
  /** ISO 8601; may lie in the future. */
  readonly published: string;
  /** Where it stands now, if not where it stood first. */
  readonly slug?: string;
}

const hash = "0".repeat(64);

const chapterOf = ({ id, slug = id, published }: Omit<Volume, "book">): Chapter => ({
  id,
  slug,
  title: id,
  excerpt: "",
  authors: [],
  published,
  minutes: 3,
  needs: [],
  object: hash,
  mail: hash,
  media: [],
  hasMaths: false,
  figures: [],
});

/** The books of these chapters, each with an overview that was always there. */
export function releaseOf(volumes: readonly Volume[], redirects: Readonly<Record<string, string>> = {}): Manifest {
  const books = [...new Set(volumes.map(({ book }) => book))];
  return {
    format: 1,
    title: "The Tea Library",
    tagline: "",
    language: "en",
    authors: [],
    books: books.map((slug) => ({
      slug,
      title: slug,
      shortTitle: slug,
      blurb: "",
      cloth: "",
      overview: chapterOf({ id: "start", published: "2025-01-01T00:00:00.000Z" }),
      contents: volumes.filter(({ book }) => book === slug).map(chapterOf),
      feed: hash,
    })),
    redirects: { ...redirects },
    front: hash,
    feed: hash,
    assets: {
      style: "",
      mathsStyle: "",
      deskStyle: "",
      themeScript: "",
      pageScript: "",
      liveScript: "",
      figureScripts: {},
      icon: "",
      fonts: [],
      mathsFonts: [],
    },
  };
}
