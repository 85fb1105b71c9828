/** Ranks chapters by the terms and the formula of a query: the first stage of a search, which reads no texts. */
import type { FoundTerm, IsPublic } from "./find-terms.ts";
import { fileOf, formulaTerm } from "./index-files.ts";
import type { IndexReader } from "./index-reader.ts";
import type { FoundPosting } from "./postings.ts";

interface RankedChapter {
  readonly chapter: number;
  readonly score: number;
}

export interface Ranking {
  /** The best first. */
  readonly chapters: readonly RankedChapter[];
  /** Of each pair of the formula's tokens. */
  readonly rarityOf: (pair: string) => number;
}

/** So many files of formula terms, so that files are left for texts. */
const maxFormulaFiles = 8;
/** A formula's score in the unit of words: an average title word. */
const formulaWeight = 400;

export interface RankInput {
  readonly found: readonly (readonly FoundTerm[])[];
  readonly formulaTerms: readonly string[];
  readonly isPublic: IsPublic;
  readonly most: number;
}

export async function rankChapters(index: IndexReader, input: RankInput): Promise<Ranking> {
  const { found, isPublic, most } = input;
  const total = index.root.chapters;
  const words = scoreWords(found, total);
  const { scores: formulas, rarities } = await scoreFormula(index, input.formulaTerms, total);
  const chapters: RankedChapter[] = [];
  for (let chapter = 0; chapter < total; chapter += 1) {
    const score = (words[chapter] ?? 0) + (formulas[chapter] ?? 0);
    const last = chapters.at(-1);
    if (score <= 0 || (chapters.length >= most && last && score <= last.score) || !isPublic(chapter)) continue;
    const at = chapters.findIndex((other) => other.score < score);
    chapters.splice(at === -1 ? chapters.length : at, 0, { chapter, score });
    if (chapters.length > most) chapters.pop();
  }
  return { chapters, rarityOf: (pair) => rarities.get(pair) ?? unknownRarity };
}

const unknownRarity = 5;

/** A chapter with only some of the words loses by the square of their share. */
function scoreWords(found: readonly (readonly FoundTerm[])[], total: number): Float32Array {
  const scores = new Float32Array(total);
  const matched = new Uint8Array(total);
  for (const forms of found) {
    const best = new Float32Array(forms.length > 1 ? total : 0);
    for (const { posting } of forms) {
      const weight = Math.log(1 + (total - posting.chapters + 0.5) / (posting.chapters + 0.5)) + 0.1;
      posting.forEach((chapter, impact) => {
        const earlier = best[chapter] ?? 0;
        const score = weight * impact;
        if (earlier === 0) matched[chapter] = (matched[chapter] ?? 0) + 1;
        if (score <= earlier) return;
        scores[chapter] = (scores[chapter] ?? 0) + score - earlier;
        if (forms.length > 1) best[chapter] = score;
      });
    }
  }
  for (let chapter = 0; chapter < total; chapter += 1) {
    const share = (matched[chapter] ?? 0) / Math.max(1, found.length);
    scores[chapter] = (scores[chapter] ?? 0) * share * share;
  }
  return scores;
}

async function scoreFormula(index: IndexReader, pairs: readonly string[], total: number) {
  const scores = new Float32Array(total);
  const rarities = new Map<string, number>();
  const files = new Set<string>();
  let all = 0;
  const looked = pairs.map((pair): readonly [string, Promise<FoundPosting | undefined>] => {
    const term = formulaTerm(pair);
    const file = fileOf(index.root.postings, term) ?? "";
    if (!files.has(file) && files.size >= maxFormulaFiles) return [pair, Promise.resolve(undefined)];
    files.add(file);
    return [pair, index.postings(term).then((postings) => postings?.find(term))];
  });
  for (const [pair, lookup] of looked) {
    const posting = await lookup;
    const rarity = Math.log(1 + total / (1 + (posting?.chapters ?? 0)));
    rarities.set(pair, rarity);
    all += rarity;
    posting?.forEach((chapter, impact) => {
      scores[chapter] = (scores[chapter] ?? 0) + rarity * (1 + impact / 400);
    });
  }
  if (all > 0)
    for (let chapter = 0; chapter < total; chapter += 1)
      scores[chapter] = ((scores[chapter] ?? 0) * formulaWeight) / all;
  return { scores, rarities };
}
