/**
 * Computes from the prerequisites of texts what to read before one of them, and what builds on it. A text is named by its
 * path.
 */
import type { Catalogue, CatalogueEntry } from "./catalogue.ts";
import type { Book } from "./manifest.ts";
import { numberedChapters } from "./numbered-chapters.ts";

/** Path of a text -> paths of its prerequisites; texts in reading order. They have no cycles: those do not compile. */
export type Needs = ReadonlyMap<string, readonly string[]>;

/** The prerequisites among `shown`. One that is not shown, such as a draft, is replaced by its own prerequisites. */
export function needsAmong(all: Needs, shown: Iterable<string>): Needs {
  const paths = new Set(shown);
  const nearest = new Map<string, readonly string[]>();
  for (const path of prerequisitesFirst(all)) {
    const own = (all.get(path) ?? []).flatMap((need) => (paths.has(need) ? [need] : (nearest.get(need) ?? [])));
    nearest.set(path, [...new Set(own)]);
  }
  return new Map([...paths].map((path) => [path, nearest.get(path) ?? []]));
}

interface PublicNeeds {
  readonly needs: Needs;
  /** Books of which something builds on something. */
  readonly mapped: ReadonlySet<Book>;
}

const known = new WeakMap<Catalogue, PublicNeeds>();

function ofCatalogue(catalogue: Catalogue): PublicNeeds {
  const found = known.get(catalogue);
  if (found) return found;
  const all = new Map(numberedChapters(catalogue.manifest.books).map(({ path, chapter }) => [path, chapter.needs]));
  const needs = needsAmong(all, catalogue.byPath.keys());
  const mapped = [...catalogue.byPath].flatMap(([path, { book }]) => (needs.get(path)?.length ? [book] : []));
  const computed = { needs, mapped: new Set(mapped) };
  known.set(catalogue, computed);
  return computed;
}

/** Those of the public texts. */
export const publicNeeds = (catalogue: Catalogue): Needs => ofCatalogue(catalogue).needs;

/** Whether anything public, of a book if it is named, builds on something: only then there are links to the map. */
export function hasMap(catalogue: Catalogue, book?: Book): boolean {
  const { mapped } = ofCatalogue(catalogue);
  return book === undefined ? mapped.size > 0 : mapped.has(book);
}

/** Everything to read before a public text, and the text itself, in the order to read them. */
export const publicWayTo = (catalogue: Catalogue, path: string): CatalogueEntry[] =>
  wayTo(publicNeeds(catalogue), path).flatMap((one) => catalogue.byPath.get(one) ?? []);

/** Without the prerequisites of a prerequisite: what a drawing shows. Takes quadratic time, so it is for a page of texts. */
export function withoutImplied(needs: Needs): Needs {
  const before = new Map<string, ReadonlySet<string>>();
  for (const path of prerequisitesFirst(needs)) {
    before.set(path, new Set((needs.get(path) ?? []).flatMap((need) => [need, ...(before.get(need) ?? [])])));
  }
  const isImplied = (need: string, own: readonly string[]) => own.some((other) => before.get(other)?.has(need));
  return new Map([...needs].map(([path, own]) => [path, own.filter((need) => !isImplied(need, own))]));
}

/** What builds on a text directly: not on something else that builds on it. In reading order. */
export function neededBy(needs: Needs, path: string): string[] {
  const direct = new Set<string>();
  const later = new Set<string>();
  for (const other of prerequisitesFirst(needs)) {
    const own = needs.get(other) ?? [];
    const buildsOnIt = own.includes(path);
    const isLater = own.some((need) => later.has(need));
    if (buildsOnIt && !isLater) direct.add(other);
    if (buildsOnIt || isLater) later.add(other);
  }
  return [...needs.keys()].filter((other) => direct.has(other));
}

/** These texts, and those that they need directly. */
export const withNeeded = (needs: Needs, paths: readonly string[]): ReadonlySet<string> =>
  new Set([...paths, ...paths.flatMap((path) => needs.get(path) ?? [])]);

/** Everything to read before a text, and the text itself: in reading order, but never before a prerequisite. */
export function wayTo(needs: Needs, path: string): string[] {
  const way = new Set([path]);
  // A set may grow while it is iterated.
  for (const one of way) for (const need of needs.get(one) ?? []) way.add(need);
  return [...prerequisitesFirst(new Map([...needs].filter(([one]) => way.has(one))))];
}

const ordered = new WeakMap<Needs, readonly string[]>();

/** All texts in reading order, except that each follows its prerequisites. Without recursion: a chain may be long. */
function prerequisitesFirst(needs: Needs): readonly string[] {
  const found = ordered.get(needs);
  if (found) return found;
  const order = new Set<string>();
  for (const start of needs.keys()) {
    const open = [start];
    for (let path = open.at(-1); path !== undefined; path = open.at(-1)) {
      const missing = needs.get(path)?.find((need) => needs.has(need) && !order.has(need));
      if (missing !== undefined) open.push(missing);
      else {
        order.add(path);
        open.pop();
      }
    }
  }
  ordered.set(needs, [...order]);
  return [...order];
}
