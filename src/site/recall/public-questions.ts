/** Computes which questions are shown at this moment: none of a text that is not public, and none twice. */
import { type Catalogue, type CatalogueEntry, withholdLinks } from "../../library/catalogue.ts";
import type { Book } from "../../library/manifest.ts";
import type { CompiledQuestion, RecallObject } from "../../library/objects.ts";

export interface AskingText {
  readonly entry: CatalogueEntry;
  readonly questions: readonly CompiledQuestion[];
}

export interface AskingBook {
  readonly book: Book;
  /** In reading order; never empty. */
  readonly texts: readonly AskingText[];
}

/** `notYet`: tooltip in place of a link to a chapter that is not public yet. */
export function publicQuestions(
  catalogue: Catalogue,
  object: RecallObject | undefined,
  notYet: string,
): readonly AskingBook[] {
  const shown = new Set<string>();
  const publicOnes = (questions: readonly CompiledQuestion[]) =>
    questions.flatMap((question) => {
      if (shown.has(question.id)) return [];
      shown.add(question.id);
      const { id, asked, answered } = question;
      return [
        { id, asked: withholdLinks(catalogue, asked, notYet), answered: withholdLinks(catalogue, answered, notYet) },
      ];
    });
  return (object?.books ?? []).flatMap(({ slug, texts }) => {
    const book = catalogue.books.find((one) => one.slug === slug);
    const asking = texts.flatMap(({ path, questions }) => {
      const entry = catalogue.byPath.get(path);
      const own = entry ? publicOnes(questions) : [];
      return entry && own.length > 0 ? [{ entry, questions: own }] : [];
    });
    return book && asking.length > 0 ? [{ book, texts: asking }] : [];
  });
}
