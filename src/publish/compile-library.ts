/** Compiles content/ into a release: compiles every text, checks relations between texts, and builds the manifest. */
import type { Manifest } from "../library/manifest.ts";
import { wordsFor } from "../ui/words/words.ts";
import type { Gallery } from "./assets/gallery.ts";
import { charactersOf, type GlyphSets, mergeGlyphs } from "./assets/glyphs.ts";
import { ModuleReader } from "./assets/library-modules.ts";
import { createDrawingExporter } from "./assets/standalone-drawing.ts";
import { wordingCharacters } from "./assets/wording-characters.ts";
import { resolveBetweenTexts } from "./checks/between-texts.ts";
import { checkAnchors } from "./checks/check-anchors.ts";
import { checkIndex } from "./checks/check-index.ts";
import { checkMacros } from "./checks/check-macros.ts";
import { checkPlainFields } from "./checks/check-plain-fields.ts";
import { checkQuestions } from "./checks/check-questions.ts";
import { creditAuthors } from "./checks/credit-authors.ts";
import { checkWording } from "./checks/wording-changes.ts";
import { type OnText, TextsCompiler } from "./compile-texts.ts";
import { describeLibrary } from "./describe-library.ts";
import { listEntries, surroundingsOf } from "./library-texts.ts";
import type { ObjectStore } from "./object-store.ts";
import { allOutputs } from "./outputs/all-outputs.ts";
import { buildOutputs } from "./outputs/build-outputs.ts";
import type { Output } from "./outputs/output.ts";
import { findFont } from "./share/font-file.ts";
import { ShareImages } from "./share-images.ts";
import { checkMoved } from "./source/moved-chapters.ts";
import { isError, type Problem, ProblemList } from "./source/problem.ts";
import { foldersOf, type KnownSources, readContent } from "./source/read-content.ts";
import type { CompiledText } from "./text/compiled-text.ts";
import { describeAuthors } from "./text/describe-authors.ts";
import type { TextTools } from "./text/text-job.ts";

/** A release without the files under /assets, which depend on the glyphs. */
export interface CompiledLibrary {
  readonly manifest: Omit<Manifest, "assets">;
  readonly glyphs: GlyphSets;
  readonly gallery: Gallery;
  readonly katexClasses: ReadonlySet<string>;
  readonly warnings: readonly Problem[];
  /** By the path of a text: how many symbols of its formulas its notation explains. */
  readonly symbolCounts: ReadonlyMap<string, CompiledText["symbolCounts"]>;
  /** Absolute paths of the modules of books and of everything that they import. */
  readonly moduleFiles: readonly string[];
  /** Number of texts, and of those that had to be compiled this time. */
  readonly texts: number;
  readonly compiled: number;
  /** Objects by file name -> the cached file that contains them. */
  readonly packs: ReadonlyMap<string, string>;
}

export type LibraryResult =
  | ({ readonly kind: "compiled" } & CompiledLibrary)
  | { readonly kind: "refused"; readonly problems: readonly Problem[] };

/** Compiles incrementally: with one instance per process, only changed texts are compiled. */
export class LibraryCompiler {
  readonly #root: string;
  readonly #tools: Omit<TextTools, "gallery">;
  readonly #modules: ModuleReader;
  readonly #outputs: readonly Output[];
  readonly #texts: TextsCompiler;
  readonly #sources: KnownSources = new Map();

  /** `usesDisk`: whether compiled texts are cached on disk, for other processes and the next run. */
  constructor(
    root: string,
    store: ObjectStore,
    {
      outputs = allOutputs,
      usesDisk = false,
    }: { readonly outputs?: readonly Output[]; readonly usesDisk?: boolean } = {},
  ) {
    this.#root = root;
    this.#outputs = outputs;
    this.#modules = new ModuleReader(root);
    this.#tools = {
      root,
      store,
      exportDrawing: createDrawingExporter(),
    };
    this.#texts = new TextsCompiler(this.#tools, usesDisk);
  }

  /**
   * `onProgress` is called after each text. With `now` (milliseconds since 1970), dates in the far future, unexplained
   * moves and undeclared changes are reported too.
   */
  async compile(
    onProgress: (done: number, of: number) => void = () => undefined,
    now?: number,
  ): Promise<LibraryResult> {
    const problems = new ProblemList();
    const outline = await readContent(this.#root, problems, this.#sources);
    const modules = outline && (await this.#modules.read(foldersOf(outline), problems));
    if (!modules) return { kind: "refused", problems: problems.sorted() };
    checkMacros(outline, problems);

    const entries = listEntries(outline);
    const surroundings = surroundingsOf(outline, entries, modules);
    const font = findFont(this.#root);
    const images = new ShareImages(this.#tools.store, { outline, covers: modules.covers, font });
    const onText: OnText = (entry, text, done) => {
      images.begin(entry, text);
      onProgress(done, entries.length);
    };
    const { texts, compiled, packs } = await this.#texts.compile(entries, surroundings, problems, onText);
    checkAnchors(entries, texts, problems);
    checkIndex(entries, texts, problems);
    checkQuestions(entries, texts, problems);
    const credit = creditAuthors(outline, problems);
    const { chaptersOf } = surroundings;
    const words = wordsFor(outline.library.data.language);
    const describing = { ...this.#tools, words, chaptersOf, anchorsOf: (path: string) => texts.get(path)?.anchors };
    const profiles = outline.authors && (await describeAuthors(outline.authors, describing, problems));
    checkPlainFields(outline, problems);
    const resolved = resolveBetweenTexts(outline, chaptersOf, problems, now);
    if (now !== undefined) {
      await checkMoved(this.#root, outline, resolved.redirects, now, problems);
      await checkWording(this.#root, outline, now, problems);
    }
    const found = problems.sorted();
    if (found.some(isError)) return { kind: "refused", problems: found };

    const textAt = (path: string): CompiledText => {
      const text = texts.get(path);
      if (!text) throw new Error(`${path} was not compiled`);
      return text;
    };
    const drawn = await images.finish(entries, problems);
    const described = describeLibrary(outline, textAt, resolved, credit, profiles, drawn.hashes);
    const readMarkdown = (hash: string) => this.#tools.store.read?.(`${hash}.md`);
    const content = { outline, font, covers: modules.covers, books: described.books, readMarkdown, textAt };
    const manifest = await buildOutputs(this.#outputs, described, content, this.#tools.store);
    return {
      kind: "compiled",
      manifest,
      gallery: modules.gallery,
      glyphs: glyphsOf(texts, manifest),
      katexClasses: new Set([...texts.values()].flatMap((text) => text.classes.split(" "))),
      warnings: problems.sorted(),
      symbolCounts: new Map([...texts].map(([path, text]) => [path, text.symbolCounts])),
      moduleFiles: modules.files,
      texts: entries.length,
      compiled,
      packs: new Map([...packs, ...drawn.packs]),
    };
  }
}

function glyphsOf(texts: ReadonlyMap<string, CompiledText>, manifest: CompiledLibrary["manifest"]): GlyphSets {
  return mergeGlyphs([
    ...[...texts.values()].map((text) => text.glyphs),
    new Map([["text", charactersOf(stringsIn(manifest).join(""))]]),
    new Map([["text", wordingCharacters(wordsFor(manifest.language))]]),
  ]);
}

/** All strings of a JSON value, at any depth. */
const stringsIn = (value: unknown): string[] =>
  typeof value === "string"
    ? [value]
    : typeof value === "object" && value !== null
      ? Object.values(value).flatMap(stringsIn)
      : [];
