/** Chooses the queries that an empty search offers: two titles and a formula of public chapters. */
import { type Catalogue, type CatalogueEntry, entriesOf } from "../../library/catalogue.ts";
import { parseDocument } from "../../search/search-document.ts";
import { withinLine } from "./describe-results.ts";
import { IndexFileMissing } from "./search-files.ts";

export interface Example {
  readonly query: string;
  /** Of a formula. */
  readonly mathml?: string;
}

/** So many chapters are looked at for a formula. */
const maxChapters = 4;
const maxTexLength = 60;
/** Shorter formulas are in many places. */
const minTokens = 3;

export async function findExamples(
  catalogue: Catalogue,
  read: (hash: string) => Promise<Uint8Array>,
): Promise<readonly Example[]> {
  const chapters = catalogue.books.flatMap((book) => entriesOf(catalogue, book)).filter((entry) => !entry.isOverview);
  const [first, last] = [chapters[0], chapters.findLast((entry) => entry !== chapters[0])];
  const titles = [first, last].flatMap((entry) => (entry ? [{ query: shortTitle(entry) }] : []));
  return [...titles, ...(await findFormula(chapters.slice(0, maxChapters), read))];
}

/** What is before the colon. */
const shortTitle = ({ chapter }: CatalogueEntry): string => chapter.title.split(/: | [—–] /)[0] ?? "";

async function findFormula(
  chapters: readonly CatalogueEntry[],
  read: (hash: string) => Promise<Uint8Array>,
): Promise<Example[]> {
  for (const { chapter } of chapters) {
    if (chapter.searchDocument === undefined) continue;
    const { formulas, markupOf } = parseDocument(await read(chapter.searchDocument).catch(ignoreMissing));
    const telling = formulas.filter(({ tokens }) => tokens.split(" ").length >= minTokens);
    const displayed = telling.filter(({ id }) => id !== undefined);
    const found = [...displayed, ...telling].map(markupOf).find(({ tex }) => tex.length <= maxTexLength);
    if (found) return [{ query: found.tex.replace(/\s+/g, " "), mathml: withinLine(found.mathml) }];
  }
  return [];
}

const emptyDocument = new TextEncoder().encode('{"places":[],"formulas":[]}\n');

/** The page is useful without an example. */
function ignoreMissing(error: unknown): Uint8Array {
  if (error instanceof IndexFileMissing) return emptyDocument;
  throw error;
}
