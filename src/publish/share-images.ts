/** Makes the image of each text on a thread while the next texts are compiled, and the rest on both threads. */

import {
  type CachedImage,
  cachedImage,
  type DrawImage,
  drawHere,
  drawOnThread,
  fileOf,
} from "./drawing/cached-image.ts";
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

interface Waiting {
  readonly image: ShareImage;
  readonly made: PromiseWithResolvers<CachedImage>;
}

/** The thread always has one more to begin with. More would wait there, with their outlines in memory. */
const maxOnThread = 4;

export class ShareImages {
  readonly #store: ObjectStore;
  readonly #library: Library;
  readonly #texts = new Map<string, Promise<CachedImage>>();
  readonly #waiting: Waiting[] = [];
  #onThread = 0;

  constructor(store: ObjectStore, library: Library) {
    this.#store = store;
    this.#library = library;
  }

  /** Begins with the image of a text without errors. None is drawn for a store that keeps nothing. */
  begin({ path, book, source }: Entry, { problems, mainFormula: formula }: CompiledText): void {
    if (!book || this.#store.isDiscarding || problems.some(isError)) return;
    const { outline, covers, font } = this.#library;
    const ornament = covers.get(book.slug) ?? "";
    const made = Promise.withResolvers<CachedImage>();
    // A failure is thrown by `finish`; until then it must not end the process.
    made.promise.catch(() => undefined);
    this.#texts.set(path, made.promise);
    this.#waiting.push({ image: imageOfText(outline, { source, book, formula, ornament, font }), made });
    if (this.#onThread < maxOnThread) void this.#makeOnThread();
  }

  async finish(entries: readonly Entry[], problems: ProblemList): Promise<ShareImagesMade> {
    await this.#makeWaiting(drawHere);
    const made = await Promise.all([...this.#texts].map(async ([path, making]) => ({ path, image: await making })));
    reportMissing(new Map(made.map(({ path, image }) => [path, image.missing])), entries, problems);
    return {
      hashes: new Map(made.map(({ path, image }) => [path, image.hash])),
      packs: new Map(made.map(({ image }) => [fileOf(image), image.pack])),
    };
  }

  async #makeOnThread(): Promise<void> {
    this.#onThread += 1;
    await this.#makeWaiting(drawOnThread);
    this.#onThread -= 1;
  }

  async #makeWaiting(draw: DrawImage): Promise<void> {
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      const { image, made } = next;
      await this.#make(image, draw).then(made.resolve, made.reject);
    }
  }

  async #make(wanted: ShareImage, draw: DrawImage): Promise<CachedImage> {
    const { image, png } = await cachedImage(wanted, (known) => this.#store.has(fileOf(known), known.size), draw);
    if (png) this.#store.put(png, "png");
    return image;
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
