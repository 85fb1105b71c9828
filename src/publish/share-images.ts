/** Makes the image of each text while the next texts are compiled. */

import { type CachedImage, cachedImage, fileOf } from "./drawing/cached-image.ts";
import type { Entry } from "./library-texts.ts";
import type { ObjectStore } from "./object-store.ts";
import { imageOfText } from "./share/describe-image.ts";
import type { FontFile } from "./share/outline-text.ts";
import type { ShareImage } from "./share/share-image.ts";
import { count, isError, type ProblemList } from "./source/problem.ts";
import type { Outline } from "./source/read-content.ts";
import type { CompiledText } from "./text/compiled-text.ts";

interface ShareImagesMade {
  /** Path of a text -> hash of its image. */
  readonly hashes: ReadonlyMap<string, string>;
  /** Objects by file name -> the cached file that contains them. */
  readonly packs: ReadonlyMap<string, string>;
}

interface Library {
  readonly outline: Outline;
  /** As SVG, by the slug of the book. */
  readonly covers: ReadonlyMap<string, string>;
  readonly font: FontFile | undefined;
}

/** More would wait for the same thread, with their outlines in memory. */
const maxDrawn = 4;

export class ShareImages {
  readonly #store: ObjectStore;
  readonly #library: Library;
  readonly #texts = new Map<string, Promise<CachedImage>>();
  readonly #drawing = new Set<Promise<unknown>>();

  constructor(store: ObjectStore, library: Library) {
    this.#store = store;
    this.#library = library;
  }

  /** Begins with the image of a text without errors. None is drawn for a store that keeps nothing. */
  begin({ path, book, source }: Entry, { problems, mainFormula: formula }: CompiledText): void {
    if (!book || this.#store.isDiscarding || problems.some(isError)) return;
    const { outline, covers, font } = this.#library;
    const ornament = covers.get(book.slug) ?? "";
    const making = this.#make(imageOfText(outline, { source, book, formula, ornament, font }));
    // A failure is thrown by `finish`; until then it must not end the process.
    making.catch(() => undefined);
    this.#texts.set(path, making);
  }

  async finish(entries: readonly Entry[], problems: ProblemList): Promise<ShareImagesMade> {
    const made = await Promise.all([...this.#texts].map(async ([path, making]) => ({ path, image: await making })));
    reportMissing(new Map(made.map(({ path, image }) => [path, image.missing])), entries, problems);
    return {
      hashes: new Map(made.map(({ path, image }) => [path, image.hash])),
      packs: new Map(made.map(({ image }) => [fileOf(image), image.pack])),
    };
  }

  async #make(image: ShareImage): Promise<CachedImage> {
    while (this.#drawing.size >= maxDrawn) await Promise.race(this.#drawing);
    const making = cachedImage(image, (known) => this.#store.has(fileOf(known), known.size));
    this.#drawing.add(making);
    const made = await making.finally(() => this.#drawing.delete(making));
    if (made.png) this.#store.put(made.png, "png");
    return made.image;
  }
}

/** One warning, at the first title: a library in another script has them all. */
function reportMissing(
  missing: ReadonlyMap<string, readonly string[]>,
  entries: readonly Entry[],
  problems: ProblemList,
): void {
  const incomplete = entries.filter(({ path }) => (missing.get(path) ?? []).length > 0);
  const [first] = incomplete;
  if (!first) return;
  const characters = [...new Set([...missing.values()].flat())];
  const shown = characters.slice(0, 5).map((character) => `“${character}”`);
  problems.add(
    first.source.file,
    first.source.spanOf(["title"]),
    `Images for shared links cannot show ${incomplete.length === 1 ? "this title" : `this title and ${count(incomplete.length - 1, "other")}`}: our fonts lack ${shown.join(", ")}${characters.length > shown.length ? " …" : ""}.`,
    "Put a bold font that has these characters into content/, named lettering.ttf or lettering.otf.",
    "warning",
  );
}
