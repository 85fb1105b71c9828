/**
 * Compiles the texts of a library. A text is used again, from memory or from disk, if nothing that it was compiled from
 * has changed.
 */
import { directionOf, isEnglish, namedLanguage } from "../library/language.ts";
import { wordsFor } from "../ui/words/words.ts";
import { pictureKey } from "./assets/pictures.ts";
import { type Cited, CitedTexts, nothingCited } from "./cited-texts.ts";
import { compileText } from "./compile-text.ts";
import { hasCodeChanged } from "./compiler-code.ts";
import { splitAtContents, withContents } from "./contents-list.ts";
import { inOrder } from "./in-order.ts";
import { type Entry, type Surroundings, sharesBoxNumbers } from "./library-texts.ts";
import { resolveLink } from "./markdown/links.ts";
import { recordObjects, sha256 } from "./object-store.ts";
import type { ProblemList } from "./source/problem.ts";
import type { CompiledText } from "./text/compiled-text.ts";
import { type Answers, type Lookups, recordLookups, stillHold } from "./text/lookups.ts";
import type { TextJob, TextTools } from "./text/text-job.ts";
import { forgetText, keepText, packOf, type ReusableText, recallText } from "./text-cache.ts";
import { textKey } from "./text-key.ts";

export interface CompiledTexts {
  readonly texts: ReadonlyMap<string, CompiledText>;
  /** Number of texts that had to be compiled. */
  readonly compiled: number;
  /** Objects by file name -> the cached file that contains them. */
  readonly packs: ReadonlyMap<string, string>;
}

export type OnText = (entry: Entry, text: CompiledText, done: number) => void;

/** While the formulas of one text are drawn on other threads, the next texts are compiled. */
const maxBegun = 3;

export class TextsCompiler {
  readonly #tools: Omit<TextTools, "gallery">;
  readonly #usesDisk: boolean;
  readonly #cited = new CitedTexts();
  readonly #known = new Map<string, ReusableText>();

  constructor(tools: Omit<TextTools, "gallery">, usesDisk: boolean) {
    this.#tools = tools;
    this.#usesDisk = usesDisk;
  }

  /** Every text by its path. `onText` is called after each. */
  async compile(
    entries: readonly Entry[],
    surroundings: Surroundings,
    problems: ProblemList,
    onText: OnText,
  ): Promise<CompiledTexts> {
    const texts = new Map<string, CompiledText>();
    const fresh: ReusableText[] = [];
    const jobs = entries.map((entry) => () => this.#reuseOrCompile(entry, entries, surroundings));
    for await (const { entry, known, isNew } of inOrder(jobs, maxBegun)) {
      if (isNew) fresh.push(known);
      this.#known.set(entry.path, known);
      texts.set(entry.path, known.text);
      problems.addAll(known.text.problems);
      onText(entry, known.text, texts.size);
    }
    for (const path of this.#known.keys()) if (!texts.has(path)) this.#known.delete(path);
    if (this.#usesDisk && fresh.length > 0 && hasCodeChanged()) fresh.forEach(forgetText);
    const packs = this.#usesDisk
      ? [...this.#known.values()].flatMap((known) =>
          [...known.objects.keys()].map((name) => [name, packOf(known)] as const),
        )
      : [];
    return { texts, compiled: fresh.length, packs: new Map(packs) };
  }

  async #reuseOrCompile(entry: Entry, entries: readonly Entry[], surroundings: Surroundings) {
    const cited = this.#cited.of(entry, entries, surroundings, (target) => ({
      key: textKey(target, surroundings),
      job: () => this.#jobOf(target, surroundings, nothingCited, "", this.#record(target, surroundings)),
    }));
    const key = `${textKey(entry, surroundings)} ${cited.key}`;
    const known = this.#recall(entry, key, surroundings);
    return {
      entry,
      known: known ?? (await this.#compileOne(entry, surroundings, cited, key)),
      isNew: known === undefined,
    };
  }

  #recall(entry: Entry, key: string, surroundings: Surroundings): ReusableText | undefined {
    const last = this.#known.get(entry.path);
    const answers = this.#answersOf(entry, surroundings);
    const isSame = last?.key === key && stillHold(last.lookups, answers);
    const known = isSame ? last : this.#usesDisk ? recallText(key, this.#tools.store, answers) : undefined;
    if (!known) return undefined;
    const split = splitAtContents(entry);
    const text = withContents(known.text, known.list, split);
    if (text === known.text) return known;
    return text && { ...known, text, list: split.list };
  }

  async #compileOne(entry: Entry, surroundings: Surroundings, cited: Cited, key: string): Promise<ReusableText> {
    const record = this.#record(entry, surroundings);
    const { store, objects } = recordObjects(this.#tools.store);
    const tools = { ...this.#tools, store, gallery: surroundings.modules.gallery };
    const text = await compileText(this.#jobOf(entry, surroundings, cited, key, record), tools);
    const sizes = new Map([...objects].map(([name, bytes]) => [name, bytes.byteLength]));
    const known = { key, text, list: splitAtContents(entry).list, lookups: record.lookups, objects: sizes };
    if (this.#usesDisk) keepText(known, objects);
    return known;
  }

  #record(entry: Entry, surroundings: Surroundings) {
    return recordLookups(this.#answersOf(entry, surroundings));
  }

  #answersOf({ book, source }: Entry, { chaptersOf }: Surroundings): Answers {
    return {
      linkTo: (written) => resolveLink(written, { book: book?.slug, chaptersOf }),
      pictureKey: (name) => pictureKey(this.#tools.root, source.file.path, name),
    };
  }

  #jobOf(
    { book, slug, source, path }: Entry,
    { outline, modules, inFeed }: Surroundings,
    cited: Cited,
    key: string,
    { answers, lookups }: { readonly answers: Answers; readonly lookups: Lookups },
  ): TextJob {
    const { file } = source;
    const cloth = book?.cloth;
    const language = namedLanguage(outline.library.data, book?.overview.data, source.data);
    const words = wordsFor(outline.library.data.language);
    // Known once the text is parsed; the cache of texts contains its email.
    const mailKey = () => sha256(JSON.stringify([path, key, words, [...lookups.links], [...lookups.pictures]]));
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
      isEnglish: isEnglish(language ?? outline.library.data.language),
      isSearched: book !== undefined,
      mail: cloth === undefined ? undefined : { cloth, key: this.#usesDisk ? undefined : mailKey },
      surroundings: {
        linkTo: answers.linkTo,
        references: source.data.references,
        figureNames: [...modules.gallery.keys()],
        hasPicture: (name) => answers.pictureKey(name) !== undefined,
        words,
        sharesBoxNumbers: sharesBoxNumbers(outline, book),
        textAt: cited.textAt,
      },
    };
  }
}
