/** Builds the search index: merges the terms of all texts into files of postings, and lists the words it knows. */
import { isEnglish } from "../../library/language.ts";
import { numberedChapters } from "../../library/numbered-chapters.ts";
import { termsIn } from "../../search/analyse-words.ts";
import { suggestableWords } from "../../search/find-terms.ts";
import { encodeWords, type IndexRoot, type KnownWord, wordTerm } from "../../search/index-files.ts";
import { encodePostings } from "../../search/postings.ts";
import { sha256 } from "../object-store.ts";
import { asideImpact, type IndexedText, impactUnit } from "../search/index-text.ts";
import { compareText } from "../source/problem.ts";
import type { CompiledTexts, DescribedBook, Output, OutputObject } from "./output.ts";

/** In bytes. A search reads whole files, so large ones cost time, and small ones cost reads. */
const fileSize = 64 * 1024;
/** In words: a file has all words with the same first letter. */
const wordsPerFile = 3000;
const titleImpact = 3 * impactUnit;
/** In a large library, a word of a single chapter is more often a mistake than what a reader meant. */
const largeLibrary = 500;

interface NumberedText {
  readonly indexed: IndexedText;
  readonly title: string;
  /** Excerpt and slug. */
  readonly about: string;
  readonly isEnglish: boolean;
}

export const searchIndex: Output = {
  name: "search index",
  build({ outline, books, textAt }) {
    const texts = textsOf(books, outline.library.data.language, textAt);
    const postings = filesOfPostings(mergeTerms(texts));
    const words = filesOfWords(countWords(texts));
    const root = {
      kind: "search",
      chapters: texts.length,
      english: texts.some((text) => text.isEnglish),
      others: texts.some((text) => !text.isEnglish),
      postings: postings.map(({ first, object }) => [first, object.hash]),
      words: words.map(({ first, object }) => [first, object.hash]),
      formulaWords: [...new Set(texts.flatMap(({ indexed }) => indexed.formulaWords))].sort(),
    } satisfies IndexRoot;
    const rootObject = objectOf(JSON.stringify(root));
    const files = [...postings, ...words].map(({ object }) => object);
    return {
      objects: [rootObject, ...files],
      entries: { library: { search: rootObject.hash, searchFiles: files.map(({ hash }) => hash) } },
    };
  },
};

function objectOf(bytes: string | Uint8Array): OutputObject {
  return { hash: sha256(bytes), size: Buffer.byteLength(bytes), bytes: () => bytes, extension: "search" };
}

function textsOf(books: readonly DescribedBook[], language: string, textAt: CompiledTexts["textAt"]): NumberedText[] {
  return numberedChapters(books).map(({ path, chapter }) => {
    const { indexed } = textAt(path);
    if (!indexed) throw new Error(`${path} was not indexed`);
    const { title, excerpt, slug } = chapter;
    const about = `${excerpt} ${slug.replaceAll("-", " ")}`;
    return { indexed, title, about, isEnglish: isEnglish(chapter.language ?? language) };
  });
}

/** Term -> number of a text, impact, number, impact, … */
function mergeTerms(texts: readonly NumberedText[]): Map<string, number[]> {
  const postings = new Map<string, number[]>();
  const add = (term: string, text: number, impact: number) => {
    const posting = postings.get(term);
    if (!posting) postings.set(term, [text, impact]);
    else if (posting.at(-2) === text) posting[posting.length - 1] = (posting.at(-1) ?? 0) + impact;
    else posting.push(text, impact);
  };
  for (const [number, { indexed, title, about, isEnglish: hasStems }] of texts.entries()) {
    for (const line of indexed.terms === "" ? [] : indexed.terms.split("\n")) {
      const tab = line.indexOf("\t");
      add(line.slice(0, tab), number, Number(line.slice(tab + 1)));
    }
    for (const term of new Set(termsIn(title, hasStems))) add(wordTerm(term), number, titleImpact);
    for (const term of new Set(termsIn(about, hasStems))) add(wordTerm(term), number, asideImpact);
  }
  return postings;
}

interface IndexFile {
  readonly first: string;
  readonly object: OutputObject;
}

function filesOfPostings(postings: ReadonlyMap<string, number[]>): IndexFile[] {
  const files: IndexFile[] = [];
  let terms: [string, number[]][] = [];
  let size = 0;
  const flush = () => {
    const [first] = terms[0] ?? [];
    if (first !== undefined) files.push({ first, object: objectOf(encodePostings(terms)) });
    terms = [];
    size = 0;
  };
  for (const term of [...postings.keys()].sort()) {
    const posting = postings.get(term) ?? [];
    terms.push([term, posting]);
    size += Buffer.byteLength(term) + posting.length + 8;
    if (size >= fileSize) flush();
  }
  flush();
  return files;
}

function countWords(texts: readonly NumberedText[]): KnownWord[] {
  const counts = new Map<string, number>();
  for (const { indexed, title } of texts)
    for (const word of new Set([...indexed.words.split(" "), ...suggestableWords(title)]))
      counts.set(word, (counts.get(word) ?? 0) + 1);
  counts.delete("");
  const least = texts.length > largeLibrary ? 2 : 1;
  return [...counts].filter(([, count]) => count >= least).sort(([a], [b]) => compareText(a, b));
}

function filesOfWords(words: readonly KnownWord[]): IndexFile[] {
  const files: { first: string; words: KnownWord[] }[] = [];
  const byLetter = Map.groupBy(words, ([word]) => String.fromCodePoint(word.codePointAt(0) ?? 0));
  for (const [letter, list] of byLetter) {
    const last = files.at(-1);
    if (last && last.words.length + list.length <= wordsPerFile) last.words.push(...list);
    else files.push({ first: letter, words: list });
  }
  return files.map(({ first, words: list }) => ({ first, object: objectOf(encodeWords(list)) }));
}
