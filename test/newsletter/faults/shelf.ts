/** Makes releases of a small library, as far as the newsletter reads them. */
import type { Chapter, Manifest } from "../../../src/library/manifest.ts";

export interface Volume {
  readonly book: string;
  readonly id: string;
  /** ISO 8601; may be in the future. */
  readonly published: string;
  /** The current slug, if it differs from the first one. */
  readonly slug?: string;
  /** Its identity, if it was first published in another book. */
  readonly born?: string;
  /** The identity in its front matter, if it is not the first slug. */
  readonly written?: string;
  /** When it was corrected, ISO 8601, newest first. */
  readonly corrected?: readonly string[];
  /** What was wrong, if the corrections are not to have different texts. */
  readonly error?: string;
  /** Its previous names. */
  readonly names?: readonly string[];
}

/** Every name under which it may be recorded. */
export const namesOf = ({ book, id, slug = id, born, names = [] }: Volume): string[] => [
  ...new Set([...names, `${book}/${id}`, `${book}/${slug}`, ...(born === undefined ? [] : [born])]),
];

export const keyOf = ({ book, id, born }: Volume): string => born ?? `${book}/${id}`;
export const pathOf = ({ book, id, slug = id }: Volume): string => `/${book}/${slug}`;

const hash = "0".repeat(64);

const chapterOf = ({
  id,
  slug = id,
  written = id,
  published,
  corrected = [],
  error,
}: Omit<Volume, "book">): Chapter => ({
  id: written,
  slug,
  title: id,
  excerpt: "",
  authors: [],
  published,
  minutes: 3,
  needs: [],
  ...(corrected.length > 0 && {
    changes: corrected.map((at) => ({ at, text: error ?? `What was wrong before ${at}.`, correction: true as const })),
  }),
  object: hash,
  markdown: hash,
  mail: hash,
  media: [],
  hasMaths: false,
  figures: [],
});

/** The books of these chapters, each with an overview that was always public. */
export function releaseOf(volumes: readonly Volume[], redirects: Readonly<Record<string, string>> = {}): Manifest {
  const books = [...new Set(volumes.map(({ book }) => book))];
  return {
    format: 4,
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
      pagesStyle: "",
      companionsStyle: "",
      deskStyle: "",
      headScript: "",
      continueScript: "",
      pageScript: "",
      pageScripts: {},
      liveScript: "",
      figureScripts: {},
      icon: "",
      fonts: [],
      mathsFonts: [],
    },
  };
}
