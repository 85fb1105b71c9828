/**
 * Draws the map of the library and of each book: what to read before what. The Worker shows a drawing once all of its texts
 * are public, and until then a list.
 */
import { isWritten } from "../../library/manifest.ts";
import { numberedChapters } from "../../library/numbered-chapters.ts";
import type { Drawing } from "../../library/objects.ts";
import type { Needs } from "../../library/prerequisites.ts";
import { href } from "../../routes.ts";
import { readKept, writeKept } from "../cache/disk-cache.ts";
import { hasCodeChanged, textCodeKey } from "../compiler-code.ts";
import { type MapText, mapStates } from "../map/map-states.ts";
import { sha256 } from "../object-store.ts";
import { type DescribedBook, jsonObject, type Output } from "./output.ts";

/** A larger library has lists only: its drawings would take longer than all other outputs together. */
const maxTexts = 300;

export const map: Output = {
  name: "map",
  build({ books }) {
    const texts = books.flatMap(textsOf);
    if (texts.length > maxTexts) return { objects: [], entries: {} };
    const needs: Needs = new Map(numberedChapters(books).map(({ path, chapter }) => [path, chapter.needs]));
    const library = objectOf(draw(texts, needs, undefined));
    const ofBooks = books.flatMap(({ slug }) => {
      const object = objectOf(draw(withAllBefore(slug, texts, needs), needs, slug));
      return object ? [{ slug, object }] : [];
    });
    return {
      objects: [...(library ? [library] : []), ...ofBooks.map(({ object }) => object)],
      entries: {
        ...(library && { library: { map: library.hash } }),
        books: new Map(ofBooks.map(({ slug, object }) => [slug, { map: object.hash }])),
      },
    };
  },
};

function textsOf({ slug, overview, contents }: DescribedBook): MapText[] {
  const later = (one: string | undefined, other: string | undefined) =>
    one === undefined || other === undefined ? undefined : one > other ? one : other;
  return [
    { path: href.book(slug), book: slug, isOverview: true, publicAt: overview.published },
    ...contents.filter(isWritten).map((chapter) => ({
      path: href.chapter(slug, chapter.slug),
      book: slug,
      isOverview: false,
      publicAt: later(chapter.published, overview.published),
    })),
  ];
}

/** The texts of a book, and all that they need. */
function withAllBefore(slug: string, texts: readonly MapText[], needs: Needs): MapText[] {
  const paths = new Set(texts.filter(({ book }) => book === slug).map(({ path }) => path));
  // A set may grow while it is iterated.
  for (const path of paths) for (const need of needs.get(path) ?? []) paths.add(need);
  return texts.filter(({ path }) => paths.has(path));
}

/** A drawing without a line says nothing. */
const objectOf = (states: Drawing[][]) =>
  states.some((drawings) => drawings.some(({ lines }) => lines.length > 0))
    ? jsonObject({ kind: "map", states })
    : undefined;

/** Cached by what builds on what, and when it is public: an edited text changes nothing here. */
function draw(texts: readonly MapText[], needs: Needs, book: string | undefined): Drawing[][] {
  const graph = texts.map((text) => [text, needs.get(text.path)]);
  const name = `${sha256(JSON.stringify([textCodeKey(), book, graph]))}.map`;
  const kept = readKept(name);
  if (kept) return JSON.parse(kept.toString());
  const states = mapStates(texts, needs, book);
  if (!hasCodeChanged()) writeKept(name, Buffer.from(JSON.stringify(states)));
  return states;
}
