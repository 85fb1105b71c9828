/** Renders the notation of the library or of a book: its symbols by alphabet, with the texts that declare them. */

import { raw } from "hono/html";
import type { CatalogueEntry } from "../../library/catalogue.ts";
import { titleOf } from "../../library/language.ts";
import type { Book } from "../../library/manifest.ts";
import { alphabets, type NotationObject, type NotedSymbol } from "../../library/objects.ts";
import { reservedIds } from "../../library/page-ids.ts";
import { createWordFilter, textOfHtml } from "../../library/word-filter.ts";
import { href } from "../../routes.ts";
import { Document } from "../../ui/document.tsx";
import type { PageContext } from "../../ui/page-context.ts";
import { BookHeading } from "../book-heading.tsx";
import { BookChoice } from "./book-choice.tsx";
import { FilterForm, type GlossaryQuery } from "./filter-form.tsx";

interface NotationPageProps {
  readonly page: PageContext;
  readonly query: GlossaryQuery;
  /** Undefined if nothing declares a symbol. */
  readonly object: NotationObject | undefined;
}

interface PublicSymbol extends NotedSymbol {
  /** The public texts that declare it. */
  readonly entries: readonly CatalogueEntry[];
}

interface Section {
  readonly book: Book;
  readonly symbols: readonly PublicSymbol[];
}

export function NotationPage({ page, query, object }: NotationPageProps) {
  const { catalogue } = page;
  const words = page.words.glossary;
  const all = publicSections(page, object);
  const shown = filterSections(all, query.words);
  const count = shown.reduce((sum, { symbols }) => sum + symbols.length, 0);
  const isTooLong = object !== undefined && object.books === undefined;
  const books = catalogue.books.filter(({ notation }) => notation !== undefined);
  return (
    <Document
      page={page}
      title={query.book ? words.notationOf(query.book.shortTitle) : words.notation}
      description={words.notationDescription(catalogue.manifest.title)}
      path={href.notation()}
      hasMaths={count > 0}
      book={query.book}
      styles={[catalogue.manifest.assets.companionsStyle]}
      scripts={["filter"]}
    >
      <div class="glossary">
        <h1>{words.notation}</h1>
        {all.length === 0 && !isTooLong ? (
          <p>{words.noSymbols}</p>
        ) : (
          <>
            <p class="glossary-what">
              {words.notationIntroduction}{" "}
              {catalogue.manifest.index !== undefined && <a href={href.index(query.book?.slug)}>{words.alsoIndex}</a>}
            </p>
            <FilterForm {...{ page, query, books, count }} path={href.notation()} label={words.filterSymbols} />
          </>
        )}
        <div class="glossary-list">
          {isTooLong && <BookChoice books={books} label={words.chooseBook} pathOf={href.notation} />}
          {shown.map((section) => (
            <BookSymbols page={page} section={section} />
          ))}
        </div>
      </div>
    </Document>
  );
}

/** Without the symbols that only scheduled chapters and drafts declare. */
function publicSections({ catalogue }: PageContext, object: NotationObject | undefined): Section[] {
  return (object?.books ?? []).flatMap(({ slug, symbols }) => {
    const book = catalogue.books.find((one) => one.slug === slug);
    const known = symbols
      .map((symbol) => ({ ...symbol, entries: symbol.paths.flatMap((path) => catalogue.byPath.get(path) ?? []) }))
      .filter(({ entries }) => entries.length > 0);
    return book && known.length > 0 ? [{ book, symbols: known }] : [];
  });
}

function filterSections(sections: readonly Section[], words: string): readonly Section[] {
  if (words === "") return sections;
  const matches = createWordFilter(words);
  return sections
    .map(({ book, symbols }) => ({
      book,
      symbols: symbols.filter(({ html, meaning, shape = "" }) => {
        const name = textOfHtml(html);
        return matches(name, `${name} ${textOfHtml(`${meaning} ${shape}`)}`);
      }),
    }))
    .filter(({ symbols }) => symbols.length > 0);
}

function BookSymbols({ page, section: { book, symbols } }: { readonly page: PageContext; readonly section: Section }) {
  return (
    <section data-cloth={book.cloth} aria-labelledby={`book-${book.slug}`}>
      <BookHeading book={book} />
      {alphabets.map((alphabet) => {
        const own = symbols.filter((symbol) => symbol.alphabet === alphabet);
        return (
          own.length > 0 && (
            <>
              <h3>{page.words.glossary.alphabets[alphabet]}</h3>
              <dl class="notation symbols">
                {own.map((symbol) => (
                  <SymbolRow page={page} symbol={symbol} />
                ))}
              </dl>
            </>
          )
        );
      })}
    </section>
  );
}

const SymbolRow = ({ page, symbol }: { readonly page: PageContext; readonly symbol: PublicSymbol }) => (
  <div>
    <dt>{raw(symbol.html)}</dt>
    <dd>
      {raw(symbol.meaning)} {symbol.shape !== undefined && <span class="shape">{raw(symbol.shape)}</span>}
    </dd>
    <dd class="places">
      {symbol.entries.map(({ path, chapter, isOverview }) => (
        <a href={`${path}#${reservedIds.notation}`} {...(isOverview ? {} : titleOf(chapter))}>
          {isOverview ? page.words.chapter.startHere : chapter.title}
        </a>
      ))}
    </dd>
  </div>
);
