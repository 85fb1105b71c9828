/** Resolves what front matter says about other texts: prerequisites, permanent ids, redirects. */
import { fixedPaths, href } from "../../routes.ts";
import { type ChaptersOf, resolveLink } from "../markdown/links.ts";
import type { BookFields, ChapterFields } from "../source/content-schema.ts";
import type { ProblemList } from "../source/problem.ts";
import type { Outline, TextSource } from "../source/read-content.ts";
import type { Span } from "../source/source-file.ts";
import { checkChanges } from "./check-changes.ts";
import { checkDates } from "./check-dates.ts";
import { addRedirects } from "./redirects.ts";

export interface BetweenTexts {
  /** Path of a text -> paths of its prerequisites. */
  readonly needs: ReadonlyMap<string, readonly string[]>;
  readonly redirects: ReadonlyMap<string, string>;
}

/** Resolves `needs`, `id` and `redirect_from`, and checks dates. */
export function resolveBetweenTexts(
  outline: Outline,
  chaptersOf: ChaptersOf,
  problems: ProblemList,
  /** Milliseconds since 1970: see `checkDates`. */
  now?: number,
): BetweenTexts {
  const texts = listTexts(outline);
  const needs = new Map<string, readonly Need[]>();
  const redirects = new Map<string, string>();
  const paths = new Set([...texts.map(({ path }) => path), ...fixedPaths, ...authorPaths(outline)]);
  const ids = new Map<string, string>();
  for (const text of texts) {
    checkId(text, ids, problems);
    const needed = resolveNeeds(text, chaptersOf, problems);
    if (needed.length > 0) needs.set(text.path, needed);
    addRedirects(text, paths, redirects, problems);
    checkChanges(text.source, now, problems);
  }
  redirectChapters(texts, paths, redirects);
  checkCycles(texts, needs, problems);
  checkDates(outline, needs, now, problems);
  const needed = new Map([...needs].map(([path, list]) => [path, list.map((need) => need.path)]));
  return { needs: needed, redirects };
}

interface ListedText {
  readonly book: string;
  readonly slug: string;
  readonly path: string;
  readonly source: TextSource<ChapterFields | BookFields>;
}

interface Need {
  readonly path: string;
  readonly span: Span;
}

const listTexts = ({ books }: Outline): ListedText[] =>
  books.flatMap(({ slug: book, overview, chapters }) => [
    { book, slug: book, path: href.book(book), source: overview },
    ...[...chapters].map(([slug, source]) => ({ book, slug, path: href.chapter(book, slug), source })),
  ]);

/** Not the list of authors: a former book `authors` redirects from it, and with it its chapters. */
const authorPaths = ({ authors }: Outline): string[] => [...(authors?.authors.keys() ?? [])].map(href.author);

/** `ids`: id -> path, of the texts visited so far. */
function checkId({ book, slug, path, source }: ListedText, ids: Map<string, string>, problems: ProblemList): void {
  const written = source.data.id ?? slug;
  const id = written.includes("/") ? written : `${book}/${written}`;
  const other = ids.get(id);
  if (other !== undefined) {
    problems.add(
      source.file,
      source.spanOf(["id"]),
      `${other} also has the id \`${id}\`.`,
      `Ids must be unique and never change: give the newer page another one, for example \`id: ${id}-2\`.`,
    );
  }
  ids.set(id, path);
}

function resolveNeeds({ book, path, source }: ListedText, chaptersOf: ChaptersOf, problems: ProblemList): Need[] {
  const needs: Need[] = [];
  source.data.needs.forEach((written, index) => {
    const target = resolveLink(written, { book, chaptersOf });
    const span = source.spanOf(["needs", index]);
    if (target.kind === "chapter" && target.path !== path) needs.push({ path: target.path, span });
    else if (target.kind === "chapter")
      problems.add(source.file, span, "This page lists itself in `needs`.", "Remove the entry.");
    else if (target.kind === "broken") problems.add(source.file, span, target.message, target.fix);
    else problems.add(source.file, span, `\`${written}\` is not a chapter.`, "Write a slug, `book/slug` or a book.");
  });
  return needs;
}

/** Redirects the chapters of a moved book too: `/old/slug` to `/new/slug`, unless another text has that URL. */
function redirectChapters(
  texts: readonly { readonly book: string; readonly slug: string; readonly path: string }[],
  paths: ReadonlySet<string>,
  redirects: Map<string, string>,
): void {
  const moved = [...redirects].flatMap(([from, to]) => (/^\/[^/]+$/.test(from) ? [{ from, to }] : []));
  for (const { from, to } of moved) {
    for (const { book, slug, path } of texts) {
      const old = `${from}/${slug}`;
      if (to === href.book(book) && path !== to && !paths.has(old) && !redirects.has(old)) redirects.set(old, path);
    }
  }
}

/** Reports cycles among prerequisites, with one depth-first search over all texts. */
function checkCycles(
  texts: readonly { readonly path: string; readonly source: TextSource<ChapterFields | BookFields> }[],
  needs: ReadonlyMap<string, readonly { readonly path: string; readonly span: Span }[]>,
  problems: ProblemList,
): void {
  const sources = new Map(texts.map(({ path, source }) => [path, source]));
  const state = new Map<string, "open" | "done">();
  for (const { path: start } of texts) {
    const stack = [start];
    for (let path = stack.at(-1); path !== undefined; path = stack.at(-1)) {
      if (state.get(path) !== undefined) {
        state.set(path, "done");
        stack.pop();
        continue;
      }
      state.set(path, "open");
      for (const { path: needed, span } of needs.get(path) ?? []) {
        if (state.get(needed) === undefined) stack.push(needed);
        const source = sources.get(path);
        if (state.get(needed) !== "open" || !source) continue;
        problems.add(
          source.file,
          span,
          `This page needs ${needed}, which directly or indirectly needs this page.`,
          "Decide which of the two to read first.",
        );
      }
    }
  }
}
