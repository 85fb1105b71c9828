/**
 * Describes the library, its books and chapters for the manifest: titles, dates and hashes, without entries of outputs.
 */
import { namedLanguage } from "../library/language.ts";
import type { Chapter, ContentsEntry, Profile } from "../library/manifest.ts";
import { href } from "../routes.ts";
import type { BetweenTexts } from "./checks/between-texts.ts";
import type { Credits, CreditText } from "./checks/credit-authors.ts";
import { setTypography } from "./markdown/typography.ts";
import type { DescribedLibrary } from "./outputs/build-outputs.ts";
import type { DescribedBook } from "./outputs/output.ts";
import type { BookFields, ChapterFields } from "./source/content-schema.ts";
import { compareText } from "./source/problem.ts";
import type { BookSource, Outline } from "./source/read-content.ts";
import type { CompiledText } from "./text/compiled-text.ts";

export function describeLibrary(
  { library, books }: Outline,
  textAt: (path: string) => CompiledText,
  { needs, redirects }: BetweenTexts,
  credit: CreditText,
  profiles: Profile[] | undefined,
  shareImages: ReadonlyMap<string, string>,
): DescribedLibrary {
  const { data } = library;
  const describe: DescribeText = (book, path, slug, fields) =>
    describeText({
      slug,
      fields,
      credits: credit({ book, fields }),
      language: namedLanguage(data, book.overview.data, fields),
      needs: needs.get(path) ?? [],
      text: textAt(path),
      shareImage: shareImages.get(path),
    });
  return {
    format: 4,
    title: set(data.title),
    tagline: set(data.tagline),
    language: data.language,
    ...(data.feed_tag !== undefined && { feedTag: data.feed_tag }),
    ...(data.hub !== undefined && { hub: data.hub }),
    ...(data.license !== undefined && { license: data.license }),
    ...(data.ai_crawlers !== "allow" && { aiCrawlers: data.ai_crawlers }),
    ...manifestCredits(credit()),
    ...(profiles && { profiles }),
    books: books.map((book) => describeBook(book, describe)),
    redirects: Object.fromEntries([...redirects].sort(([a], [b]) => compareText(a, b))),
  };
}

type DescribeText = (book: BookSource, path: string, slug: string, fields: ChapterFields | BookFields) => Chapter;

function describeBook(source: BookSource, describe: DescribeText): DescribedBook {
  const { title, short_title: shortTitle, blurb, license } = source.overview.data;
  const overview = describe(source, href.book(source.slug), source.slug, source.overview.data);
  const { language } = overview;
  return {
    slug: source.slug,
    title: set(title),
    shortTitle: set(shortTitle ?? title),
    ...(language !== undefined && { language }),
    blurb: set(blurb),
    ...(license !== undefined && { license }),
    cloth: source.cloth,
    overview,
    contents: source.contents.map(({ slug, title }): ContentsEntry => {
      const chapter = source.chapters.get(slug);
      return chapter
        ? describe(source, href.chapter(source.slug, slug), slug, chapter.data)
        : { slug, title: set(title ?? slug) };
    }),
  };
}

interface TextParts {
  readonly slug: string;
  readonly fields: ChapterFields | BookFields;
  readonly credits: Credits;
  /** Undefined if it is the library's. */
  readonly language: string | undefined;
  /** Paths of the prerequisites. */
  readonly needs: readonly string[];
  readonly text: CompiledText;
  /** Hash of the image; undefined if none was drawn. */
  readonly shareImage: string | undefined;
}

const describeText = ({ slug, fields, credits, language, needs, text, shareImage }: TextParts): Chapter => ({
  id: fields.id ?? slug,
  slug,
  title: set(fields.title),
  ...(language !== undefined && { language }),
  excerpt: set(fields.excerpt ?? ("blurb" in fields ? fields.blurb : "")),
  ...manifestCredits(credits),
  ...(fields.published !== undefined && { published: fields.published }),
  ...lastChange(fields.updated, text.changes[0]?.at),
  ...(text.changes.length > 0 && { changes: [...text.changes] }),
  ...("hidden_until_published" in fields && fields.hidden_until_published && { hidden: true as const }),
  minutes: text.minutes,
  needs: [...needs],
  object: text.object,
  markdown: text.markdown,
  mail: text.mail?.mail ?? "",
  ...(text.mail?.mailPictures !== undefined && { mailPictures: text.mail.mailPictures }),
  ...(text.indexed && { searchDocument: text.indexed.document }),
  ...(shareImage !== undefined && { shareImage }),
  media: [...text.media],
  hasMaths: text.hasMaths,
  figures: [...text.interactiveFigures],
});

function lastChange(updated: string | undefined, changed: string | undefined): Pick<Chapter, "updated"> {
  const last = updated !== undefined && changed !== undefined && changed < updated ? updated : (changed ?? updated);
  return last === undefined ? {} : { updated: last };
}

const manifestCredits = ({ authors, profileIds }: Credits) => ({
  authors: [...authors],
  ...(profileIds && { profileIds: [...profileIds] }),
});

const set = (words: string): string => setTypography(words, "");
