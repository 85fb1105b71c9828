/**
 * Draws a map as it is at each time when it changes: a chapter that is not public yet has no place in it, and leaves no
 * gap.
 */
import type { Drawing } from "../../library/objects.ts";
import { type Needs, needsAmong, withNeeded, withoutImplied } from "../../library/prerequisites.ts";
import { type DrawnText, drawMap } from "./draw-map.ts";

/** A text of the library. */
export interface MapText {
  readonly path: string;
  /** Slug of its book. */
  readonly book: string;
  readonly isOverview: boolean;
  /** ISO 8601: when it becomes public. Undefined for a draft. */
  readonly publicAt: string | undefined;
}

/**
 * Only the latest states are drawn, and of a large map the last one: all states of the past would be far too many. Without a
 * drawing, the page has the list.
 */
const maxTimes = 3;
const manyTexts = 30;

/**
 * The drawings of a map in each of its states; drafts are in the last one only. `texts`: in reading order, all that may be
 * on the map. `book`: whose map it is; undefined for the library, which is divided into drawings of connected books.
 */
export function mapStates(texts: readonly MapText[], all: Needs, book: string | undefined): Drawing[][] {
  const times = [...new Set(texts.flatMap(({ publicAt }) => publicAt ?? []))].sort();
  const latest = times.slice(texts.length > manyTexts ? -1 : -maxTimes);
  const states = latest.map((time) => texts.filter(({ publicAt }) => publicAt !== undefined && publicAt <= time));
  if (texts.some(({ publicAt }) => publicAt === undefined)) states.push([...texts]);
  return states.flatMap((shown) => {
    const needs = needsAmong(
      all,
      shown.map(({ path }) => path),
    );
    const groups = book === undefined ? connectedBooks(shown, needs) : [aroundBook(shown, needs, book)];
    const drawings = groups.map((group) => drawMap(drawnTexts(group, needs)));
    // With a list beside some of the drawings only, the page would look broken.
    return drawings.every((drawing) => drawing !== undefined) ? [drawings] : [];
  });
}

function aroundBook(texts: readonly MapText[], needs: Needs, book: string): MapText[] {
  const own = texts.filter((text) => text.book === book).map(({ path }) => path);
  const paths = withNeeded(needs, own);
  return texts.filter(({ path }) => paths.has(path));
}

/** With each book's overview above what begins in it: every book opens with it. */
function drawnTexts(texts: readonly MapText[], needs: Needs): DrawnText[] {
  const paths = new Set(texts.map(({ path }) => path));
  const own = withoutImplied(
    new Map(texts.map(({ path }) => [path, (needs.get(path) ?? []).filter((need) => paths.has(need))])),
  );
  const needed = new Set([...own.values()].flat());
  const overviews = new Map(texts.filter(({ isOverview }) => isOverview).map(({ book, path }) => [book, path]));
  return texts.map(({ path, book, isOverview }) => {
    const drawn = own.get(path) ?? [];
    const overview = overviews.get(book);
    const begins = drawn.length === 0 && !isOverview && needed.has(path);
    return { path, needs: begins && overview !== undefined ? [overview] : drawn };
  });
}

/** Groups of books that prerequisites connect: each is one drawing. */
function connectedBooks(texts: readonly MapText[], needs: Needs): MapText[][] {
  const books = new Map(texts.map(({ path, book }) => [path, book]));
  const groups = new Map(texts.map(({ book }) => [book, new Set([book])]));
  for (const { path, book } of texts) {
    for (const need of needs.get(path) ?? []) {
      const other = groups.get(books.get(need) ?? book);
      const group = groups.get(book);
      if (!other || !group || other === group) continue;
      for (const joined of other) {
        group.add(joined);
        groups.set(joined, group);
      }
    }
  }
  return [...new Set(groups.values())].map((group) => texts.filter(({ book }) => group.has(book)));
}
