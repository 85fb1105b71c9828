/**
 * Renders metadata in the head of a page: for search engines (JSON-LD), reference managers (`citation_*`, which Zotero and
 * Google Scholar read) and previews of links (https://ogp.me).
 */
import { raw } from "hono/html";
import { creditsOf, orcidUrl } from "../../library/authors.ts";
import type { CatalogueEntry } from "../../library/catalogue.ts";
import type { Profile } from "../../library/manifest.ts";
import { href } from "../../routes.ts";
import { isoDay } from "../../ui/dates.ts";
import type { TextContext } from "../../ui/page-context.ts";
import { describeAuthor, describeBook, describeChapter, describeLibrary } from "./structured-data.ts";

interface EntryMetadata {
  readonly page: TextContext;
  readonly entry: CatalogueEntry;
}

export const ChapterMetadata = ({ page, entry }: EntryMetadata) => (
  <>
    <CitationTags page={page} entry={entry} />
    <OpenGraph page={page} type="article" title={entry.chapter.title} />
    <JsonLd data={describeChapter(page, entry)} />
  </>
);

/** Of an overview. Zotero would take it for one chapter of the book, so it has no `citation_*`. */
export const BookMetadata = ({ page, entry }: EntryMetadata) => (
  <>
    <OpenGraph page={page} type="book" title={entry.book.title} />
    {entry.book.fullText !== undefined && (
      <link rel="alternate" type="text/plain" href={href.fullText(entry.book.slug)} />
    )}
    <JsonLd data={[describeBook(page, entry)]} />
  </>
);

export const LibraryMetadata = ({ page }: { readonly page: TextContext }) => (
  <>
    <OpenGraph page={page} type="website" title={page.catalogue.manifest.title} />
    <JsonLd data={[describeLibrary(page)]} />
  </>
);

export const AuthorMetadata = ({ page, author }: { readonly page: TextContext; readonly author: Profile }) => (
  <>
    <OpenGraph page={page} type="profile" title={author.name} />
    <JsonLd data={[describeAuthor(page, author)]} />
  </>
);

/**
 * Not a script: browsers do not run it, and the security policy does not apply to it. `<` must not end the element. The
 * types of the objects are checked where they are made: as `Thing`, a spread of all of schema.org's 900 types, this
 * function took nine tenths of a check of all types.
 */
function JsonLd({ data: [first, ...more] }: { readonly data: readonly object[] }) {
  const context = { "@context": "https://schema.org" };
  const data = more.length === 0 ? { ...context, ...first } : { ...context, "@graph": [first, ...more] };
  return <script type="application/ld+json">{raw(JSON.stringify(data).replace(/</g, "\\u003c"))}</script>;
}

/** The page's description and canonical URL, which it has anyway, complete this. */
const OpenGraph = ({
  page,
  type,
  title,
}: {
  readonly page: TextContext;
  readonly type: string;
  readonly title: string;
}) => (
  <>
    <meta property="og:title" content={title} />
    <meta property="og:type" content={type} />
    <meta property="og:site_name" content={page.catalogue.manifest.title} />
  </>
);

/**
 * With the title of a book, Zotero makes a section of a book of the page; without, a newspaper article. It takes the URL
 * from `rel="canonical"`.
 */
function CitationTags({ page: { catalogue, origin }, entry: { book, chapter } }: EntryMetadata) {
  const { manifest } = catalogue;
  const credits = creditsOf(catalogue, chapter);
  return (
    <>
      <meta name="citation_title" content={chapter.title} />
      <meta name="citation_inbook_title" content={book.title} />
      {credits.map(({ name, profile }) => (
        <>
          <meta name="citation_author" content={name} />
          {profile?.orcid !== undefined && <meta name="citation_author_orcid" content={orcidUrl(profile.orcid)} />}
        </>
      ))}
      {chapter.published !== undefined && (
        <meta name="citation_publication_date" content={isoDay(chapter.published).replaceAll("-", "/")} />
      )}
      <meta name="citation_publisher" content={manifest.title} />
      <meta name="citation_language" content={chapter.language ?? manifest.language} />
      {credits.map(
        ({ profile }) => profile && <meta property="article:author" content={origin + href.author(profile.id)} />,
      )}
    </>
  );
}
