/** Finds the pages of a chapter's authors, and the public chapters of an author. */
import { href } from "../routes.ts";
import { type Catalogue, type CatalogueEntry, entriesOf } from "./catalogue.ts";
import type { Book, Chapter, Manifest, Profile } from "./manifest.ts";

/** An author as named at a chapter. */
export interface Credit {
  readonly name: string;
  /** Absent if the author has no page. */
  readonly profile?: Profile;
}

/** The authors of a chapter or of the library, in the order of its byline. */
export const creditsOf = (
  catalogue: Catalogue,
  { authors, profileIds }: Pick<Chapter | Manifest, "authors" | "profileIds">,
): Credit[] =>
  authors.map((name, index) => {
    const profile = catalogue.authors.get(href.author(profileIds?.[index] ?? ""));
    return profile ? { name, profile } : { name };
  });

/** The public chapters of an author by book, in reading order. */
export const writtenBy = (
  catalogue: Catalogue,
  { id }: Profile,
): { readonly book: Book; readonly entries: readonly CatalogueEntry[] }[] =>
  catalogue.books.flatMap((book) => {
    const entries = entriesOf(catalogue, book).filter(({ chapter }) => chapter.profileIds?.includes(id));
    return entries.length === 0 ? [] : [{ book, entries }];
  });

export const orcidUrl = (orcid: string): string => `https://orcid.org/${orcid}`;

/** With one author, the page of that author is enough. */
export const hasAuthorList = ({ authors }: Catalogue): boolean => authors.size > 1;
