/** Compiles content/ into a release: compiles every text, checks relations between texts, and builds the manifest. */
import { directionOf, namedLanguage } from "../library/language.ts";
import type { Manifest } from "../library/manifest.ts";
import { wordsFor } from "../ui/words/words.ts";
import type { Gallery } from "./assets/gallery.ts";
import { type GlyphSets, mergeGlyphs } from "./assets/glyphs.ts";
import { ModuleReader, modulesKey } from "./assets/library-modules.ts";
import { hasPicture, picturesKey } from "./assets/pictures.ts";
import { createDrawingExporter } from "./assets/standalone-drawing.ts";
import { wordingCharacters } from "./assets/wording-characters.ts";
import { resolveBetweenTexts } from "./checks/between-texts.ts";
import { checkAnchors } from "./checks/check-anchors.ts";
import { checkMacros } from "./checks/check-macros.ts";
import { checkPlainFields } from "./checks/check-plain-fields.ts";
import { creditAuthors } from "./checks/credit-authors.ts";
import { checkWording } from "./checks/wording-changes.ts";
import { type Cited, CitedTexts, nothingCited } from "./cited-texts.ts";
import { compileText } from "./compile-text.ts";
import { describeLibrary } from "./describe-library.ts";
import { type Entry, listEntries, type Surroundings, sharesBoxNumbers, surroundingsOf } from "./library-texts.ts";
import { type ObjectStore, sha256 } from "./object-store.ts";
import { allOutputs } from "./outputs/all-outputs.ts";
import { buildOutputs } from "./outputs/build-outputs.ts";
import type { Output } from "./outputs/output.ts";
import { checkMoved } from "./source/moved-chapters.ts";
import { isError, type Problem, ProblemList } from "./source/problem.ts";
import { foldersOf, readContent } from "./source/read-content.ts";
import type { CompiledText } from "./text/compiled-text.ts";
import { describeAuthors } from "./text/describe-authors.ts";
import type { TextJob, TextTools } from "./text/text-job.ts";

/** A release without the files under /assets, which depend on the glyphs. */
export interface CompiledLibrary {
  readonly manifest: Omit<Manifest, "assets">;
  readonly glyphs: GlyphSets;
  readonly gallery: Gallery;
  readonly katexClasses: ReadonlySet<string>;
  readonly warnings: readonly Problem[];
  /** Absolute paths of the modules of books and of everything that they import. */
  readonly moduleFiles: readonly string[];
  /** Number of texts, and of those that had to be compiled this time. */
  readonly texts: number;
  readonly compiled: number;
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
  readonly #cited = new CitedTexts();
  readonly #compiled = new Map<string, { key: string; text: CompiledText }>();

  constructor(root: string, store: ObjectStore, outputs = allOutputs) {
    this.#root = root;
    this.#outputs = outputs;
    this.#modules = new ModuleReader(root);
    this.#tools = {
      root,
      store,
      exportDrawing: createDrawingExporter(),
    };
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
    const outline = await readContent(this.#root, problems);
    const modules = outline && (await this.#modules.read(foldersOf(outline), problems));
    if (!modules) return { kind: "refused", problems: problems.sorted() };
    checkMacros(outline, problems);

    const entries = listEntries(outline);
    const surroundings = surroundingsOf(outline, entries, modules);
    const { texts, compiled } = await this.#compileTexts(entries, surroundings, problems, onProgress);
    checkAnchors(entries, texts, problems);
    const credit = creditAuthors(outline, problems);
    const describing = {
      ...this.#tools,
      words: wordsFor(outline.library.data.language),
      chaptersOf: surroundings.chaptersOf,
      anchorsOf: (path: string) => texts.get(path)?.anchors,
    };
    const profiles = outline.authors && (await describeAuthors(outline.authors, describing, problems));
    checkPlainFields(outline, problems);
    const resolved = resolveBetweenTexts(outline, surroundings.chaptersOf, problems, now);
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
    const described = describeLibrary(outline, textAt, resolved, credit, profiles);
    const content = { outline, covers: modules.covers, books: described.books, textAt };
    const manifest = await buildOutputs(this.#outputs, described, content, this.#tools.store);
    const printed = JSON.stringify(manifest);
    return {
      kind: "compiled",
      manifest,
      gallery: modules.gallery,
      glyphs: mergeGlyphs([
        ...[...texts.values()].map((text) => text.glyphs),
        new Map([["text", new Set([...printed, ...wordingCharacters(wordsFor(manifest.language))])]]),
      ]),
      katexClasses: new Set([...texts.values()].flatMap((text) => text.classes.split(" "))),
      warnings: found,
      moduleFiles: modules.files,
      texts: entries.length,
      compiled,
    };
  }

  /** Every text by path; unchanged ones are reused. */
  async #compileTexts(
    entries: readonly Entry[],
    surroundings: Surroundings,
    problems: ProblemList,
    onProgress: (done: number, of: number) => void,
  ) {
    const tools = { ...this.#tools, gallery: surroundings.modules.gallery };
    const texts = new Map<string, CompiledText>();
    let compiled = 0;
    for (const entry of entries) {
      const cited = this.#cited.of(entry, entries, surroundings, (target) => ({
        key: this.#keyOf(target, surroundings),
        job: () => this.#jobOf(target, surroundings, nothingCited, ""),
      }));
      const key = `${this.#keyOf(entry, surroundings)} ${cited.key}`;
      const known = this.#compiled.get(entry.path);
      let text = known?.key === key ? known.text : undefined;
      if (!text) {
        text = await compileText(this.#jobOf(entry, surroundings, cited, key), tools);
        this.#compiled.set(entry.path, { key, text });
        compiled += 1;
      }
      texts.set(entry.path, text);
      problems.addAll(text.problems);
      onProgress(texts.size, entries.length);
    }
    for (const path of this.#compiled.keys()) if (!texts.has(path)) this.#compiled.delete(path);
    return { texts, compiled };
  }

  /** Cache key: changes whenever the compiled text could change. */
  #keyOf({ book, slug, source, path }: Entry, { outline, modules, inFeed, key }: Surroundings): string {
    const { file } = source;
    const { data } = outline.library;
    const language = namedLanguage(data, book?.overview.data, source.data);
    const cover = book && slug === "" ? modules.covers.get(book.slug) : "";
    const macros = sha256(JSON.stringify([...(book ?? outline).macros]));
    const own = `${sha256(file.text)} ${picturesKey(this.#root, file.path)} ${modulesKey(modules, file)} ${cover}`;
    return `${key} ${book?.overview.data.cloth} ${language} ${data.language} ${inFeed.has(path)} ${sharesBoxNumbers(outline, book)} ${macros} ${own}`;
  }

  #jobOf({ book, slug, source, path }: Entry, surroundings: Surroundings, cited: Cited, key: string): TextJob {
    const { outline, modules, chaptersOf, inFeed } = surroundings;
    const { file } = source;
    const cloth = book?.overview.data.cloth;
    const language = namedLanguage(outline.library.data, book?.overview.data, source.data);
    const words = wordsFor(outline.library.data.language);
    return {
      source,
      words,
      path,
      works: outline.works,
      workFiles: outline.workFiles,
      explainsItsSymbols: book !== undefined,
      numbers: modules.numbers.get(file.path),
      macros: (book ?? outline).macros,
      inFeed: inFeed.has(path),
      keepHtml: book === undefined,
      cover: book && slug === "" ? modules.covers.get(book.slug) : undefined,
      language,
      direction: directionOf(language ?? outline.library.data.language),
      mail: cloth === undefined ? undefined : { cloth, key: sha256(`${path} ${key} ${JSON.stringify(words)}`) },
      surroundings: {
        book: book?.slug,
        chaptersOf,
        references: source.data.references,
        figureNames: [...modules.gallery.keys()],
        hasPicture: (name) => hasPicture(this.#root, file.path, name),
        words,
        sharesBoxNumbers: sharesBoxNumbers(outline, book),
        textAt: cited.textAt,
      },
    };
  }
}
