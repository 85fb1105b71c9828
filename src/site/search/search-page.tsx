/** Renders the search: its form, then the results, why there are none, or what can be searched for. */
import { raw } from "hono/html";
import { href } from "../../routes.ts";
import { maxQueryLength } from "../../search/parse-query.ts";
import { Document } from "../../ui/document.tsx";
import type { PageContext } from "../../ui/page-context.ts";
import type { SearchResponse } from "../../ui/search-response.ts";
import { BookSelect } from "../book-select.tsx";
import type { Example } from "./examples.ts";
import type { SearchRequest } from "./library-search.ts";
import { Results } from "./results.tsx";

interface SearchPageProps {
  readonly page: PageContext;
  readonly request: SearchRequest;
  /** Undefined if the search is unavailable. */
  readonly answer: SearchResponse | undefined;
  readonly examples: readonly Example[];
}

export function SearchPage({ page, request, answer, examples }: SearchPageProps) {
  const { catalogue } = page;
  const words = page.words.search;
  return (
    <Document
      page={page}
      title={request.text === "" ? words.title : words.titleOf(request.text)}
      description={words.description(catalogue.manifest.title)}
      path={href.search()}
      styles={[catalogue.manifest.assets.companionsStyle]}
      head={<meta name="robots" content="noindex" />}
    >
      <div class="search-page">
        <h1>{words.title}</h1>
        <SearchForm page={page} request={request} />
        {answer === undefined ? (
          <p class="search-status" role="status">
            {words.unavailable}
          </p>
        ) : request.text === "" ? (
          <Introduction page={page} request={request} examples={examples} />
        ) : (
          <Answer page={page} request={request} answer={answer} />
        )}
      </div>
    </Document>
  );
}

function SearchForm({ page, request }: Pick<SearchPageProps, "page" | "request">) {
  const { books } = page.catalogue;
  const words = page.words.search;
  return (
    <search>
      <form class="search-form" action={href.search()}>
        <label class="search-words">
          <span>{words.field}</span>
          <input
            type="search"
            name="q"
            value={request.text}
            maxlength={maxQueryLength}
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            enterkeyhint="search"
            dir="auto"
          />
        </label>
        <BookSelect label={words.book} all={words.allBooks} books={books} chosen={request.book} />
        <button type="submit" class="button">
          {words.button}
        </button>
      </form>
    </search>
  );
}

function Introduction({ page, request, examples }: Omit<SearchPageProps, "answer">) {
  const words = page.words.search;
  return (
    <>
      <p class="search-introduction">{words.introduction}</p>
      {examples.length > 0 && (
        <>
          <p class="search-examples-title">{words.examples}</p>
          <ul class="search-examples">
            {examples.map(({ query, mathml }) => (
              <li>
                <a href={href.search({ q: query, book: request.book?.slug })} dir={mathml ? "ltr" : "auto"}>
                  {mathml === undefined ? query : raw(mathml)}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Answer({ page, request, answer }: Omit<SearchPageProps, "examples"> & { readonly answer: SearchResponse }) {
  const words = page.words.search;
  const { results, corrected, message } = answer;
  const book = request.book?.slug;
  const instead = (written: string) => (
    <a class="search-instead" href={href.search({ q: request.text, book, exact: true })}>
      {written}
    </a>
  );
  return (
    <>
      <p class="search-status" role="status">
        {message}
      </p>
      {results.length > 0 ? (
        <>
          {corrected !== undefined && (
            <p class="search-corrected">
              {words.corrected(
                (query) => (
                  <strong dir="auto">{query}</strong>
                ),
                corrected,
                instead,
                request.text,
              )}
            </p>
          )}
          <Results page={page} chapters={results} />
        </>
      ) : (
        <NothingFound page={page} request={request} suggestion={corrected} />
      )}
    </>
  );
}

interface NothingFoundProps extends Pick<SearchPageProps, "page" | "request"> {
  readonly suggestion: string | undefined;
}

function NothingFound({ page, request, suggestion }: NothingFoundProps) {
  const words = page.words.search;
  const { text, book } = request;
  return (
    <>
      {suggestion !== undefined && (
        <p>
          {words.didYouMean(
            (query) => (
              <a href={href.search({ q: query, book: book?.slug })}>{query}</a>
            ),
            suggestion,
          )}
        </p>
      )}
      <p>{words.hint}</p>
      {book && (
        <p>
          <a href={href.search({ q: text })}>{words.searchAllBooks}</a>
        </p>
      )}
    </>
  );
}
