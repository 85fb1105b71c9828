/** Describes pages for search engines and assistants in the vocabulary of schema.org (https://schema.org/Chapter). */
import type {
  Book as BookData,
  BreadcrumbList,
  Chapter as ChapterData,
  Person,
  ProfilePage,
  WebSite,
} from "schema-dts";
import { type Credit, creditsOf, orcidUrl } from "../../library/authors.ts";
import { type CatalogueEntry, entriesOf, numberOf, updateOf } from "../../library/catalogue.ts";
import type { Book, Manifest, Profile } from "../../library/manifest.ts";
import { href } from "../../routes.ts";
import type { TextContext } from "../../ui/page-context.ts";

export function describeChapter(
  { catalogue, origin }: TextContext,
  entry: CatalogueEntry,
): [ChapterData, BreadcrumbList] {
  const { book, chapter, path } = entry;
  const { manifest } = catalogue;
  const url = origin + path;
  const bookUrl = origin + href.book(book.slug);
  return [
    {
      "@type": "Chapter",
      "@id": url,
      name: chapter.title,
      position: numberOf(catalogue, entry),
      isPartOf: { "@type": "Book", "@id": bookUrl, name: book.title },
      author: creditsOf(catalogue, chapter).map((credit) => personOf(credit, origin)),
      ...datesOf(entry),
      inLanguage: chapter.language ?? manifest.language,
      ...licenceOf(manifest, book),
      timeRequired: `PT${chapter.minutes}M`,
    },
    {
      "@type": "BreadcrumbList",
      itemListElement: [
        { "@type": "ListItem", position: 1, name: book.shortTitle, item: bookUrl },
        { "@type": "ListItem", position: 2, name: chapter.title },
      ],
    },
  ];
}

/** Of the overview, which is the page of its book. */
export function describeBook({ catalogue, origin }: TextContext, overview: CatalogueEntry): BookData {
  const { book, chapter, path } = overview;
  const { manifest } = catalogue;
  return {
    "@type": "Book",
    "@id": origin + path,
    name: book.title,
    description: book.blurb,
    author: creditsOf(catalogue, chapter).map((credit) => personOf(credit, origin)),
    publisher: publisherOf(manifest, origin),
    ...datesOf(overview),
    inLanguage: book.language ?? manifest.language,
    ...licenceOf(manifest, book),
    bookFormat: "https://schema.org/EBook",
    isAccessibleForFree: true,
    hasPart: entriesOf(catalogue, book)
      .filter(({ isOverview }) => !isOverview)
      .map((entry) => ({ "@type": "Chapter", "@id": origin + entry.path, name: entry.chapter.title })),
  };
}

export const describeLibrary = ({ catalogue: { manifest }, origin }: TextContext): WebSite => ({
  "@type": "WebSite",
  "@id": origin + href.home(),
  name: manifest.title,
  description: manifest.tagline,
  inLanguage: manifest.language,
});

/** The page of an author. */
export function describeAuthor({ origin }: TextContext, author: Profile): ProfilePage {
  const { biography, picture } = author;
  return {
    "@type": "ProfilePage",
    mainEntity: {
      ...personOf({ name: author.name, profile: author }, origin),
      ...(biography && { description: biography.text }),
      ...(picture && { image: origin + href.media(picture.hash, picture.extension) }),
    },
  };
}

/** The page of an author identifies the person, here and on the page itself. */
function personOf({ name, profile }: Credit, origin: string): Exclude<Person, string> {
  if (!profile) return { "@type": "Person", name };
  const url = origin + href.author(profile.id);
  const sameAs = [
    ...(profile.orcid === undefined ? [] : [orcidUrl(profile.orcid)]),
    ...(profile.link === undefined ? [] : [profile.link]),
  ];
  return { "@type": "Person", "@id": url, name, url, ...(sameAs.length > 0 && { sameAs }) };
}

const publisherOf = ({ title }: Manifest, origin: string) =>
  ({ "@type": "Organization", name: title, url: origin + href.home() }) as const;

function licenceOf(manifest: Manifest, book: Book) {
  const license = book.license ?? manifest.license;
  return license === undefined ? {} : { license };
}

function datesOf({ chapter }: CatalogueEntry) {
  const updated = updateOf(chapter);
  return {
    ...(chapter.published !== undefined && { datePublished: chapter.published }),
    ...(updated !== undefined && { dateModified: updated }),
  };
}
