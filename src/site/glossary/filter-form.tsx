/** Renders the form that filters the notation or the index; src/ui/browser/pages/filter.ts does so while the reader types. */
import type { Book } from "../../library/manifest.ts";
import { maxFilterLength } from "../../library/word-filter.ts";
import type { PageContext } from "../../ui/page-context.ts";
import { BookSelect } from "../book-select.tsx";

export interface GlossaryQuery {
  readonly book: Book | undefined;
  /** Trimmed; "" if the reader typed nothing. */
  readonly words: string;
}

interface FilterFormProps {
  readonly page: PageContext;
  readonly query: GlossaryQuery;
  /** Of the page, where the form leads. */
  readonly path: string;
  /** Of the text field. */
  readonly label: string;
  /** The books that the reader can choose. */
  readonly books: readonly Book[];
  /** Number of entries that are shown. */
  readonly count: number;
}

export function FilterForm({ page, query, path, label, books, count }: FilterFormProps) {
  const words = page.words.glossary;
  const isFiltered = query.words !== "";
  return (
    <search>
      <form class="glossary-filter" action={path} data-found={words.found("#")} data-nothing={words.nothingFound}>
        <label class="filter-words">
          <span>{label}</span>
          <input type="search" name="q" value={query.words} maxlength={maxFilterLength} autocomplete="off" dir="auto" />
        </label>
        <BookSelect label={words.book} all={words.allBooks} books={books} chosen={query.book} />
        <button type="submit" class="button button-quiet">
          {words.filter}
        </button>
        <p class="filter-result" role="status">
          {isFiltered && (count > 0 ? words.found(String(count)) : words.nothingFound)}
        </p>
        <a class="filter-clear" href={query.book ? `${path}?book=${query.book.slug}` : path} hidden={!isFiltered}>
          {words.showAll}
        </a>
      </form>
    </search>
  );
}
