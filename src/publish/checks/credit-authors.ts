/** Resolves the authors that front matter names: ids of content/authors.yaml, or names. */
import { href } from "../../routes.ts";
import type { BookFields, ChapterFields, LibraryFields } from "../source/content-schema.ts";
import type { ProblemList } from "../source/problem.ts";
import type { AuthorsFile } from "../source/read-authors.ts";
import type { BookSource, Outline, TextSource } from "../source/read-content.ts";
import { advise } from "../source/suggest.ts";

type Fields = Pick<ChapterFields | BookFields | LibraryFields, "author" | "authors">;

/** The authors of a text. */
export interface Credits {
  readonly authors: readonly string[];
  /** As in the manifest: see `ChapterSchema`. */
  readonly profileIds: readonly string[] | undefined;
}

/** The authors of a text of the book, or of the library. */
export type CreditText = (text?: { readonly book: BookSource; readonly fields: Fields }) => Credits;

/** Checks the authors of the library and of every text, and reports people of authors.yaml who have written nothing. */
export function creditAuthors(outline: Outline, problems: ProblemList): CreditText {
  const { library, books, authors } = outline;
  const sources: TextSource<Fields>[] = [
    library,
    ...books.flatMap(({ overview, chapters }) => [overview, ...chapters.values()]),
  ];
  for (const source of sources) checkNames(source, authors, problems);
  const inLibrary = namesIn(library.data) ?? [];
  // Without authors.yaml, a book's authors are those of its overview only, as they have always been.
  const inBook = ({ overview }: BookSource) => (authors ? namesIn(overview.data) : undefined);
  if (authors && outline.unreadable.length === 0) reportUnused(authors, sources, problems);
  return (text) => {
    const named = text && (namesIn(text.fields) ?? inBook(text.book));
    return creditsOf(named ?? inLibrary, authors);
  };
}

const namesIn = ({ author, authors }: Fields): readonly string[] | undefined =>
  authors ?? (author === undefined ? undefined : [author]);

function creditsOf(named: readonly string[], authors: AuthorsFile | undefined): Credits {
  const ids = named.map((name) => idOf(name, authors) ?? "");
  return {
    authors: named.map((name, index) => authors?.authors.get(ids[index] ?? "")?.name ?? name),
    profileIds: ids.some((id) => id !== "") ? ids : undefined,
  };
}

/** The id that is written, or that of the only author with this name; `undefined` for an author without a profile. */
function idOf(written: string, authors: AuthorsFile | undefined): string | undefined {
  if (!authors || authors.authors.has(written)) return authors && written;
  const namesakes = idsNamed(written, authors);
  return namesakes.length === 1 ? namesakes[0] : undefined;
}

const idsNamed = (name: string, { authors }: AuthorsFile): string[] =>
  [...authors].filter(([, author]) => author.name === name).map(([id]) => id);

function checkNames(
  { file, data, spanOf, spanOfKey }: TextSource<Fields>,
  authors: AuthorsFile | undefined,
  problems: ProblemList,
): void {
  if (data.author !== undefined && data.authors !== undefined)
    problems.add(file, spanOfKey(["author"]), "There are both `author` and `authors`.", "Write only `authors`.");
  const seen = new Set<string>();
  for (const [index, written] of (namesIn(data) ?? []).entries()) {
    const span = data.authors === undefined ? spanOf(["author"]) : spanOf(["authors", index]);
    if (!authors) continue;
    const person = idOf(written, authors) ?? written;
    if (seen.has(person)) problems.add(file, span, `\`${written}\` is named twice.`, "Remove one of the two.");
    seen.add(person);
    const problem = nameProblem(written, authors);
    if (problem) problems.add(file, span, problem.message, problem.fix);
  }
}

/**
 * A word in lower case is meant to be an id; anything else may be the name of somebody without a profile, unless it
 * differs from an id or a name only in its capitals.
 */
function nameProblem(written: string, authors: AuthorsFile): { message: string; fix: string } | undefined {
  if (idOf(written, authors) !== undefined) return undefined;
  const namesakes = idsNamed(written, authors);
  const known = [...authors.authors.keys()];
  if (namesakes.length > 1)
    return {
      message: `${namesakes.length} authors are called ${written}.`,
      fix: `Write the id: ${namesakes.map((id) => `\`${id}\``).join(" or ")}.`,
    };
  const lower = written.toLowerCase();
  const spelt = [...authors.authors].find(([id, { name }]) => id === lower || name.toLowerCase() === lower)?.[0];
  if (spelt === undefined && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(written)) return undefined;
  return {
    message: `There is no author \`${written}\` in content/authors.yaml.`,
    fix: spelt === undefined ? advise(written, known, "authors") : `Did you mean \`${spelt}\`?`,
  };
}

function reportUnused(authors: AuthorsFile, sources: readonly TextSource<Fields>[], problems: ProblemList): void {
  const used = new Set(
    sources.flatMap(({ data }) => (namesIn(data) ?? []).flatMap((name) => idOf(name, authors) ?? [])),
  );
  for (const id of authors.authors.keys()) {
    if (used.has(id)) continue;
    problems.add(
      authors.file,
      authors.spanOfKey([id]),
      `\`${id}\` has written nothing, so there is no page ${href.author(id)}.`,
      `Write \`authors: [${id}]\` in the front matter of a chapter, or remove the entry.`,
      "warning",
    );
  }
}
