/**
 * Renders the page of questions that come back: all questions by book and chapter, with their answers. The script of the
 * page (src/ui/browser/pages/recall.ts) shows above them what is due.
 */
import { raw } from "hono/html";
import { entriesOf } from "../../library/catalogue.ts";
import { interfaceWords, titleOf, wordsOf } from "../../library/language.ts";
import type { Book } from "../../library/manifest.ts";
import type { RecallObject } from "../../library/objects.ts";
import { questionElement } from "../../library/page-ids.ts";
import { href } from "../../routes.ts";
import { Document } from "../../ui/document.tsx";
import type { PageContext } from "../../ui/page-context.ts";
import { type AskingBook, type AskingText, publicQuestions } from "./public-questions.ts";

interface RecallPageProps {
  readonly page: PageContext;
  /** Of whose questions the page is; undefined for all. */
  readonly book: Book | undefined;
  /** Undefined if no text has questions. */
  readonly object: RecallObject | undefined;
}

export function RecallPage({ page, book, object }: RecallPageProps) {
  const { catalogue } = page;
  const words = page.words.recall;
  const asking = publicQuestions(catalogue, object, page.words.chapter.notPublishedYet);
  const isTooLong = object !== undefined && object.books === undefined;
  const html = asking.flatMap(({ texts }) => texts.flatMap(({ questions }) => questions)).map(Object.values);
  return (
    <Document
      page={page}
      title={book ? words.titleOf(book.shortTitle) : words.title}
      description={words.description(catalogue.manifest.title)}
      path={href.recall()}
      hasMaths={html.flat().some((text) => text.includes('class="katex"'))}
      book={book}
      styles={[catalogue.manifest.assets.companionsStyle]}
      scripts={["recall"]}
    >
      <div class="recall" data-all={book === undefined && !isTooLong ? "" : undefined}>
        <h1>{words.title}</h1>
        <p class="recall-what">{words.introduction}</p>
        <noscript>
          <p class="recall-what">{words.needsScript}</p>
        </noscript>
        <div class="due" hidden></div>
        <section class="body recall-list" aria-labelledby="all-questions">
          <h2 id="all-questions">{words.allQuestions}</h2>
          {isTooLong ? <LongLibrary page={page} /> : <BookLinks page={page} book={book} />}
          {asking.length === 0 && !isTooLong && <p>{words.noQuestions}</p>}
          {asking.map((one) => (
            <BookQuestions page={page} asking={one} />
          ))}
        </section>
      </div>
    </Document>
  );
}

/** Leads to each book; the script adds how many of its questions are due. */
const LongLibrary = ({ page: { catalogue, words } }: Pick<RecallPageProps, "page">) => (
  <>
    <p>{words.recall.chooseBook}</p>
    <ul>
      {booksWithQuestions(catalogue.books).map((book) => (
        <li
          data-texts={entriesOf(catalogue, book)
            .map(({ id }) => id)
            .join(" ")}
        >
          <a href={href.recall(book.slug)} {...titleOf(book)}>
            {book.title}
          </a>
        </li>
      ))}
    </ul>
  </>
);

const booksWithQuestions = (books: readonly Book[]): Book[] => books.filter(({ recall }) => recall !== undefined);

function BookLinks({ page: { catalogue, words }, book }: Pick<RecallPageProps, "page" | "book">) {
  const books = booksWithQuestions(catalogue.books);
  if (books.length < 2) return null;
  const current = (isCurrent: boolean) => (isCurrent ? ("page" as const) : undefined);
  return (
    <nav class="recall-books" aria-label={words.recall.books}>
      <a href={href.recall()} aria-current={current(book === undefined)}>
        {words.recall.allBooks}
      </a>
      {books.map((one) => (
        <a href={href.recall(one.slug)} aria-current={current(book === one)} {...titleOf(one)}>
          {one.shortTitle}
        </a>
      ))}
    </nav>
  );
}

const BookQuestions = ({
  page,
  asking: { book, texts },
}: {
  readonly page: PageContext;
  readonly asking: AskingBook;
}) => (
  <section data-cloth={book.cloth} aria-labelledby={`book-${book.slug}`}>
    <h3 id={`book-${book.slug}`} {...titleOf(book)}>
      <a href={href.book(book.slug)}>{book.title}</a>
    </h3>
    {book.deck !== undefined && (
      <p class="recall-anki">
        <a href={href.deck(book.slug)} download>
          {page.words.recall.anki}
        </a>
      </p>
    )}
    {texts.map((text) => (
      <TextQuestions page={page} text={text} />
    ))}
  </section>
);

function TextQuestions({
  page,
  text: { entry, questions },
}: {
  readonly page: PageContext;
  readonly text: AskingText;
}) {
  const { chapter, book, path, isOverview } = entry;
  const { words, catalogue } = page;
  const own = interfaceWords(words.language, chapter.language ?? catalogue.manifest.language);
  return (
    <section class="questions" data-text={entry.id}>
      <h4 {...titleOf(isOverview ? book : chapter)}>
        <a href={path}>{isOverview ? words.chapter.startHere : chapter.title}</a>
      </h4>
      <ol {...wordsOf(chapter)}>
        {questions.map(({ id, asked, answered }) => (
          <li id={questionElement(id)}>
            {raw(asked)}
            <details>
              <summary {...own}>{words.labels.answer}</summary>
              {raw(answered)}
            </details>
          </li>
        ))}
      </ol>
    </section>
  );
}
