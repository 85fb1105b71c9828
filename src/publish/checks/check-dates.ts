/**
 * Warns about implausible dates: a chapter before its book, a text before its prerequisites, years in the past or
 * future. Mostly warnings, because any of these can be intended.
 */
import { href } from "../../routes.ts";
import type { BookFields, ChapterFields } from "../source/content-schema.ts";
import type { ProblemList } from "../source/problem.ts";
import type { Outline, TextSource } from "../source/read-content.ts";
import type { Span } from "../source/source-file.ts";
import { unedited } from "../source/templates.ts";

type Source = TextSource<ChapterFields | BookFields>;

/** Path of a text -> its prerequisites, and where they are written. */
export type WrittenNeeds = ReadonlyMap<string, readonly { readonly path: string; readonly span: Span }[]>;

/** An earlier year is almost certainly a typing error. */
const firstYear = "1995";
const farMs = 5 * 366 * 86_400_000;

/**
 * `now` in milliseconds since 1970; without it future dates are not checked, so that the result does not depend on the
 * clock.
 */
export function checkDates(
  { books }: Outline,
  needs: WrittenNeeds,
  now: number | undefined,
  problems: ProblemList,
): void {
  const sources = new Map<string, Source>();
  const publicAt = new Map<string, string | undefined>();
  for (const { slug, overview, chapters } of books) {
    const bookAt = overview.data.published;
    sources.set(href.book(slug), overview);
    publicAt.set(href.book(slug), bookAt);
    for (const [name, chapter] of chapters) {
      const at = chapter.data.published;
      sources.set(href.chapter(slug, name), chapter);
      publicAt.set(href.chapter(slug, name), at && bookAt && (at > bookAt ? at : bookAt));
      if (at === undefined || (bookAt !== undefined && bookAt <= at)) continue;
      warn(
        problems,
        chapter,
        bookAt === undefined
          ? "This chapter has a date, but its book is a draft, so it stays hidden."
          : `This chapter is dated before its book, which is published on ${shownDate(bookAt)}; it stays hidden until then.`,
        `Give content/${slug}/book.md an earlier date, or this chapter a later one.`,
      );
    }
  }
  for (const [path, source] of sources) {
    checkDistance(source, now, problems);
    checkBegun(source, problems);
    checkNeeds(path, source, needs, publicAt, problems);
  }
}

function checkDistance(source: Source, now: number | undefined, problems: ProblemList): void {
  const at = source.data.published;
  if (at === undefined) return;
  if (at < firstYear) warn(problems, source, `This date is far in the past: ${shownDate(at)}.`, "Check the year.");
  if (now !== undefined && Date.parse(at) > now + farMs)
    warn(
      problems,
      source,
      `This date is years away: ${shownDate(at)}.`,
      "Check the year: the page stays hidden until then.",
    );
}

/** Reports a dated text that is still the template: its date would publish it unwritten. */
function checkBegun({ data, file }: Source, problems: ProblemList): void {
  const sentence = unedited.find((words) => file.text.includes(words));
  if (data.published === undefined || sentence === undefined) return;
  problems.add(
    file,
    { offset: file.text.indexOf(sentence), length: sentence.length },
    "This page has a date but still contains the template from `npm run new`.",
    "Write it, or remove `published` until it is written.",
  );
}

function checkNeeds(
  path: string,
  source: Source,
  needs: WrittenNeeds,
  publicAt: ReadonlyMap<string, string | undefined>,
  problems: ProblemList,
): void {
  const at = publicAt.get(path);
  if (at === undefined) return;
  for (const { path: needed, span } of needs.get(path) ?? []) {
    // A planned chapter is shown as plain text until it exists, so it needs no warning.
    if (!publicAt.has(needed)) continue;
    const neededAt = publicAt.get(needed);
    if (neededAt !== undefined && neededAt <= at) continue;
    problems.add(
      source.file,
      span,
      neededAt === undefined
        ? `This page is published on ${shownDate(at)} but needs ${needed}, which is a draft.`
        : `This page is published on ${shownDate(at)} but needs ${needed}, which is published on ${shownDate(neededAt)}.`,
      "Publish the prerequisite first, or remove it from `needs`.",
      "warning",
    );
  }
}

const warn = (problems: ProblemList, { file, spanOf }: Source, message: string, fix: string): void =>
  problems.add(file, spanOf(["published"]), message, fix, "warning");

/** `2026-11-24`, or `2026-11-24 08:00 UTC`. */
export const shownDate = (instant: string): string =>
  instant.endsWith("T00:00:00.000Z") ? instant.slice(0, 10) : `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;
