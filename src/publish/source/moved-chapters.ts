/**
 * Reports chapters that may have moved: a published one is gone from content/, a similar one appeared later, and no
 * front matter says whether they are the same. After a deploy the newsletter would wait for the answer.
 */
import { type Names, namesByPath } from "../../library/identity.ts";
import { href } from "../../routes.ts";
import {
  type BookFields,
  bookAdvice,
  bookSchema,
  type ChapterFields,
  chapterAdvice,
  chapterSchema,
} from "./content-schema.ts";
import { parseFrontMatter } from "./front-matter.ts";
import { findGone, type GoneFile, readGone } from "./git-history.ts";
import { ProblemList } from "./problem.ts";
import type { Outline, TextSource } from "./read-content.ts";
import { SourceFile } from "./source-file.ts";

interface Text {
  readonly book: string;
  readonly slug: string;
  readonly isOverview: boolean;
  readonly source: TextSource<ChapterFields | BookFields>;
}
interface GoneText extends Text {
  readonly file: GoneFile;
}
interface Pair {
  readonly gone: GoneText;
  readonly text: Text;
  readonly likeness: number;
}

/** `redirects`: old path -> current path. `now` in milliseconds since 1970. */
export async function checkMoved(
  root: string,
  outline: Outline,
  redirects: ReadonlyMap<string, string>,
  now: number,
  problems: ProblemList,
): Promise<void> {
  const texts = textsOf(outline);
  const names = namesOf(outline, redirects);
  const open = texts.filter((text) => text.source.data.published && names.get(pathOf(text))?.isCertain === false);
  if (open.length === 0) return;
  const files = await findGone(root, new Set(texts.map(({ source }) => source.file.path)), now);
  const mentioned = new Set([...names.values()].flatMap(({ all }) => all));
  const appeared = files.filter(({ present }) => open.some(({ source }) => !present.has(source.file.path)));
  const gone = (await Promise.all(appeared.map((file) => readText(root, file))))
    .flatMap((text) => text ?? [])
    .filter((text) => wasPublished(text) && !namesOfGone(text).some((name) => mentioned.has(name)));
  for (const pair of likeliest(gone, open)) report(pair, problems);
}

const textsOf = ({ books }: Outline): Text[] =>
  books.flatMap((book): Text[] => [
    { book: book.slug, slug: book.slug, isOverview: true, source: book.overview },
    ...[...book.chapters].map(([slug, source]) => ({ book: book.slug, slug, isOverview: false, source })),
  ]);

const pathOf = ({ book, slug, isOverview }: Text): string => (isOverview ? href.book(book) : href.chapter(book, slug));

/** By the same rules as for a manifest, which does not exist while there are errors. */
const namesOf = ({ books }: Outline, redirects: ReadonlyMap<string, string>): ReadonlyMap<string, Names> =>
  namesByPath({
    books: books.map(({ slug, overview, chapters }) => ({
      slug,
      overview: { id: overview.data.id ?? slug },
      contents: [...chapters].map(([slug, { data }]) => ({ id: data.id ?? slug, slug, object: "" })),
    })),
    redirects: Object.fromEntries(redirects),
  });

/** An unreadable last version was never published. */
async function readText(root: string, file: GoneFile): Promise<GoneText | undefined> {
  const [, book = "", name = ""] = file.path.split("/");
  const isOverview = name === "book.md";
  const written = await readGone(root, file);
  if (written === undefined) return undefined;
  const source = new SourceFile(file.path, written);
  const unheard = new ProblemList();
  const parsed = isOverview
    ? parseFrontMatter(source, bookSchema, bookAdvice, unheard)
    : parseFrontMatter(source, chapterSchema, chapterAdvice, unheard);
  return (
    parsed && {
      book,
      slug: isOverview ? book : name.slice(0, -3),
      isOverview,
      file,
      source: { ...parsed, file: source },
    }
  );
}

const wasPublished = ({ source, file }: GoneText): boolean =>
  source.data.published !== undefined && Date.parse(source.data.published) <= file.goneAt;

const identityOf = ({ book, slug, source: { data } }: Text): string =>
  data.id?.includes("/") ? data.id : `${book}/${data.id ?? slug}`;

const namesOfGone = (text: Text): string[] => [identityOf(text), `${text.book}/${text.slug}`];

/** The most likely pairs; each text is in at most one. When a book moves, its chapters follow its overview. */
function likeliest(gone: readonly GoneText[], open: readonly Text[]): Pair[] {
  const pairs = gone
    .flatMap((old) =>
      open
        .filter((text) => text.isOverview === old.isOverview && !old.file.present.has(text.source.file.path))
        .map((text): Pair => ({ gone: old, text, likeness: likenessOf(old, text) })),
    )
    .filter(({ likeness }) => likeness >= alike)
    .sort((one, other) => Number(other.text.isOverview) - Number(one.text.isOverview) || other.likeness - one.likeness);
  const taken = new Set<Text>();
  const books = new Set<string>();
  return pairs.filter(({ gone: old, text }) => {
    const move = `${old.book} ${text.book}`;
    if (taken.has(old) || taken.has(text) || (!text.isOverview && books.has(move))) return false;
    taken.add(old).add(text);
    if (text.isOverview) books.add(move);
    return true;
  });
}

/** Git's threshold for renames: half of the file is the same. */
const alike = 0.5;

const likenessOf = (old: Text, text: Text): number =>
  sharedPart(old.source.file.text, text.source.file.text) +
  (old.slug === text.slug && !old.isOverview ? 1 : 0) +
  (old.source.data.title === text.source.data.title ? 1 : 0);

/** The share of the longer text that consists of lines found in both, from 0 to 1. */
function sharedPart(one: string, other: string): number {
  const rest = new Map<string, number>();
  for (const line of one.split("\n")) rest.set(line, (rest.get(line) ?? 0) + 1);
  let shared = 0;
  for (const line of other.split("\n")) {
    const left = rest.get(line) ?? 0;
    if (left === 0) continue;
    rest.set(line, left - 1);
    shared += line.length + 1;
  }
  return shared / (Math.max(one.length, other.length) + 1);
}

function report({ gone, text }: Pair, problems: ProblemList): void {
  const { file, spanOf } = text.source;
  const old = pathOf(gone);
  const isNew = `if it is new, write \`id: ${text.book}/${text.slug}\`.`;
  const hasMoved = text.isOverview
    ? `If it is, write \`redirect_from: [${old.slice(0, -1)}]\`; its chapters follow`
    : `If it is, write \`id: ${identityOf(gone)}\`, and \`redirect_from: [${old}]\` for its old URL`;
  const what = text.isOverview ? "book" : "chapter";
  problems.add(file, spanOf(["title"]), `This ${what} may be the one that was at ${old}.`, `${hasMoved}; ${isNew}`);
}
