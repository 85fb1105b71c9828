/** Writes the file of a new chapter or book and adds a chapter to its table of contents; never overwrites anything. */
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Slugger from "github-slugger";
import * as v from "valibot";
import { clothNames } from "../library/cloths.ts";
import { chapterAdvice, chapterSchema } from "../publish/source/content-schema.ts";
import { compareText } from "../publish/source/problem.ts";
import { advise } from "../publish/source/suggest.ts";
import { type NewChapter, newBookText, newChapterText, withChapterListed } from "../publish/source/templates.ts";
import { deletingOnFailure, writeNew, writeWhole } from "../publish/write-whole.ts";
import { reservedSlugs } from "../routes.ts";
import { CommandError } from "./command-error.ts";

/** `content` is the folder. This and the functions below throw a `CommandError` before anything is written. */
export function createChapter(
  content: string,
  book: string,
  slug: string,
  chapter: Omit<NewChapter, "needs"> & { readonly needs?: readonly string[] | undefined },
): string {
  checkBook(content, book);
  checkSlug(slug);
  checkPublished(chapter.published);
  for (const need of chapter.needs ?? []) checkNeed(content, book, need);
  addChapter(content, book, slug, newChapterText(chapter));
  return `Wrote content/${book}/${slug}.md and added it to the table of contents in book.md.\n${fate(`/${book}/${slug}`, chapter.published)}`;
}

/** Writes the file of a chapter and adds it to its book's table of contents. */
export function addChapter(content: string, book: string, slug: string, text: string): void {
  const listed = checkNewChapter(content, book, slug);
  const path = join(content, book, `${slug}.md`);
  writeNew(path, text);
  deletingOnFailure(path, () => writeWhole(join(content, book, "book.md"), listed));
}

/** The text of book.md with the new chapter in its table of contents. */
export function checkNewChapter(content: string, book: string, slug: string): string {
  checkBook(content, book);
  checkSlug(slug);
  const path = join(content, book, `${slug}.md`);
  if (existsSync(path)) throw new CommandError(`content/${book}/${slug}.md already exists; nothing was changed.`);
  const bookPath = join(content, book, "book.md");
  const listed = withChapterListed(readFileSync(bookPath, "utf8"), slug);
  if (listed === undefined) {
    throw new CommandError(
      `content/${book}/book.md has no \`chapters\` list. Add \`chapters:\` and, below it, \`  - ${slug}\`.`,
    );
  }
  return listed;
}

export function createBook(
  content: string,
  slug: string,
  {
    title,
    blurb,
    published,
  }: { readonly title: string; readonly blurb?: string | undefined; readonly published?: string | undefined },
): string {
  checkSlug(slug);
  checkPublished(published);
  if (reservedSlugs.includes(slug)) throw new CommandError(`\`${slug}\` is a reserved page; choose another slug.`);
  const folder = join(content, slug);
  if (existsSync(folder)) throw new CommandError(`content/${slug}/ already exists; nothing was changed.`);
  const order = listBooks(content).length + 1;
  const cloth = clothNames[(order - 1) % clothNames.length] ?? "slate";
  mkdirSync(folder);
  deletingOnFailure(folder, () =>
    writeNew(join(folder, "book.md"), newBookText(title, order, cloth, blurb, published)),
  );
  return `Wrote content/${slug}/book.md.\n${fate(`/${slug}/`, published)}\nNext: npm run new -- chapter ${slug} first-chapter --title "…"`;
}

const fate = (path: string, published: string | undefined): string =>
  published === undefined
    ? `It is a draft: \`npm start\` shows it at ${path}; give it a \`published\` date to publish it.`
    : `It is dated ${published} but cannot be published until it is written: \`npm start\` shows it at ${path}.`;

export const listBooks = (content: string): string[] =>
  readdirSync(content, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(content, entry.name, "book.md")))
    .map((entry) => entry.name)
    .sort(compareText);

/** The day after the latest date of any chapter, but not before tomorrow: `2026-11-26`. `now` in milliseconds. */
export function nextDay(content: string, now: number): string {
  const day = 86_400_000;
  const dates = listBooks(content).flatMap((book) =>
    listTexts(content, book).flatMap((name) => {
      const written = /^published:[ \t]*["']?([^\s"'#]+)/m.exec(readFileSync(join(content, book, name), "utf8"))?.[1];
      const at = Date.parse(written ?? "");
      // A date years away is not part of the schedule, or is a typo.
      return Number.isNaN(at) || at > now + 366 * day ? [] : [at];
    }),
  );
  return new Date(Math.max(now, ...dates) + day).toISOString().slice(0, 10);
}

/** A slug from the words before the first colon. */
export const slugOf = (words: string): string =>
  new Slugger()
    .slug(words.split(":")[0] ?? "")
    .replace(/[^a-z0-9-]/g, "")
    .replace(/-+/g, "-")
    .replace(/^-|-$/g, "") || "a-chapter";

export function checkBook(content: string, book: string): void {
  const books = listBooks(content);
  if (!books.includes(book)) throw new CommandError(`There is no book \`${book}\`. ${advise(book, books, "books")}`);
}

/** The compiler's message if the date is invalid. */
export function publishedProblem(published: string): string | undefined {
  const result = v.safeParse(chapterSchema.entries.published, published, { abortPipeEarly: true });
  return result.success ? undefined : `\`${published}\` ${result.issues[0].message}. ${chapterAdvice.published}`;
}

function checkPublished(published: string | undefined): void {
  const problem = published === undefined ? undefined : publishedProblem(published);
  if (problem !== undefined) throw new CommandError(problem);
}

function checkSlug(slug: string): void {
  if (slug === "book" || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug)) {
    throw new CommandError(
      `\`${slug}\` is not a valid slug: use lower-case letters, digits and single hyphens, such as \`${slugOf(slug)}\`.`,
    );
  }
}

/** Accepts a slug of this book, `book/slug`, or a book. */
function checkNeed(content: string, book: string, need: string): void {
  const books = listBooks(content);
  const known = [
    ...listTexts(content, book).map((name) => name.replace(/\.md$/, "")),
    ...books,
    ...books.flatMap((other) => listTexts(content, other).map((name) => `${other}/${name.replace(/\.md$/, "")}`)),
  ].filter((name) => name !== "book" && !name.endsWith("/book"));
  if (!known.includes(need))
    throw new CommandError(`There is no chapter \`${need}\`. ${advise(need, known, "chapters")}`);
}

export const listTexts = (content: string, book: string): string[] =>
  readdirSync(join(content, book)).filter((name) => /^[^.].*\.md$/.test(name));
