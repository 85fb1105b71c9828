/** Defines the files of the index: the root, postings by ranges of terms, and known words by their first letters. */
import * as v from "valibot";

/** Files are named by the hashes of their bytes. A file contains what is at or after its first term or letter. */
const FilesSchema = v.array(v.tuple([v.string(), v.string()]));

const RootSchema = v.object({
  kind: v.literal("search"),
  /** How many chapters and overviews are numbered: those of all books, in the order of the manifest. */
  chapters: v.number(),
  /** Whether texts are in English, in other languages, or both: only English has stems. */
  english: v.boolean(),
  others: v.boolean(),
  postings: FilesSchema,
  words: FilesSchema,
  /** The words in formulas, in lower case: `softmax`. */
  formulaWords: v.array(v.string()),
});

export type IndexRoot = v.InferOutput<typeof RootSchema>;

/** Throws on anything else. */
export const parseRoot = (bytes: Uint8Array): IndexRoot =>
  v.parse(RootSchema, JSON.parse(new TextDecoder().decode(bytes)));

/** Terms of words and of formulas, which are sorted apart. */
export const wordTerm = (word: string): string => `w${word}`;
export const formulaTerm = (pair: string): string => `~${pair}`;

/** The file that has the term, if any has. */
export function fileOf(files: IndexRoot["postings"], term: string): string | undefined {
  let [low, high] = [0, files.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((files[middle]?.[0] ?? "") <= term) low = middle;
    else high = middle - 1;
  }
  return files[low]?.[1];
}

/** A known word, and in how many chapters it is. */
export type KnownWord = readonly [word: string, chapters: number];

export const encodeWords = (words: readonly KnownWord[]): Uint8Array =>
  new TextEncoder().encode(words.map(([word, chapters]) => `${word} ${chapters}`).join("\n"));

/** The known words by first letter and length: only words that are similar in both are compared with a mistyped one. */
export type KnownWords = ReadonlyMap<string, readonly KnownWord[]>;

const wordKey = (letter: string, length: number): string => letter + length;

export const parseWords = (bytes: Uint8Array): KnownWords =>
  Map.groupBy(new TextDecoder().decode(bytes).split("\n").map(parseWord), ([word]) =>
    wordKey(String.fromCodePoint(word.codePointAt(0) ?? 0), word.length),
  );

function parseWord(line: string): KnownWord {
  const space = line.indexOf(" ");
  return [line.slice(0, space), Number(line.slice(space + 1))];
}

export const wordsLike = (words: KnownWords, letter: string, length: number): readonly KnownWord[] =>
  words.get(wordKey(letter, length)) ?? [];
