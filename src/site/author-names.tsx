/** Renders the authors of a chapter or of the library; those with a page as links. */
import { type Credit, creditsOf } from "../library/authors.ts";
import type { Chapter, Manifest } from "../library/manifest.ts";
import { href } from "../routes.ts";
import type { PageContext } from "../ui/page-context.ts";

interface AuthorNamesProps {
  readonly page: PageContext;
  readonly of: Pick<Chapter | Manifest, "authors" | "profileIds">;
}

export function AuthorNames({ page: { catalogue, words }, of }: AuthorNamesProps) {
  // Without authors.yaml, pages are as they were before it existed.
  if (catalogue.manifest.profiles === undefined) return <>{of.authors.join(", ")}</>;
  return <>{words.authors.names(creditsOf(catalogue, of).map((credit) => <AuthorName credit={credit} />))}</>;
}

/** More names would push the text off a phone's first screen. */
const mostInLine = 8;
const firstOfMany = 3;

export const areMany = ({ authors }: AuthorNamesProps["of"]): boolean => authors.length > mostInLine;

/** Of many authors the first, as text. */
export const FirstAuthors = ({ page: { words }, of: { authors } }: AuthorNamesProps) => (
  <>{words.authors.andMore(authors.slice(0, firstOfMany), authors.length - firstOfMany)}</>
);

/** Of many authors the first, which open the list of all. */
export const ManyAuthors = ({ page, of }: AuthorNamesProps) => (
  <details class="authors many-authors" dir="auto">
    <summary>
      <FirstAuthors page={page} of={of} />
    </summary>
    <AuthorNames page={page} of={of} />
  </details>
);

export const AuthorName = ({ credit: { name, profile } }: { readonly credit: Credit }) =>
  profile ? (
    <a href={href.author(profile.id)} rel="author" dir="auto">
      {name}
    </a>
  ) : (
    <bdi>{name}</bdi>
  );
