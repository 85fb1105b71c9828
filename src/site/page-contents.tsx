/** Renders "On this page": above the text on narrow screens; on wide ones a rail beside it, with the place in the book. */
import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import { type CatalogueEntry, contentsOf, neighbours, numberOf } from "../library/catalogue.ts";
import type { ChapterObject } from "../library/chapter-object.ts";
import { type interfaceWords, titleOf } from "../library/language.ts";
import { reservedIds } from "../library/page-ids.ts";
import { changesId, href } from "../routes.ts";
import type { PageContext } from "../ui/page-context.ts";

interface PageContentsProps {
  readonly page: PageContext;
  readonly entry: CatalogueEntry;
  readonly object: Pick<ChapterObject, "headings" | "references" | "changes">;
  /** Attributes of interface text. */
  readonly own: ReturnType<typeof interfaceWords>;
}

export function PageContents({ page, entry, object, own }: PageContentsProps) {
  const words = page.words.chapter;
  const sections: { id: string; text: Child }[] = [
    ...(entry.isOverview ? [{ id: reservedIds.contents, text: words.contents }] : []),
    ...object.headings.map(({ id, html }) => ({ id, text: raw(html) as unknown as Child })),
    ...(object.references.length > 0 ? [{ id: reservedIds.references, text: words.references }] : []),
    ...(object.changes?.length ? [{ id: changesId, text: words.changes }] : []),
  ];
  if (sections.length < 2) return null;
  return (
    <nav class="page-contents" aria-labelledby={reservedIds.pageContents}>
      {!entry.isOverview && <Place page={page} entry={entry} own={own} />}
      <details>
        <summary id={reservedIds.pageContents} {...own}>
          <span>{words.onThisPage}</span>
        </summary>
        <ol>
          {sections.map(({ id, text }) => (
            <li>
              <a href={`#${id}`}>{text}</a>
            </li>
          ))}
        </ol>
      </details>
    </nav>
  );
}

/** The book, "7 of 14", and the chapters before and after by their numbers; only the rail shows it. */
function Place({ page, entry, own }: Omit<PageContentsProps, "object">) {
  const { catalogue, words } = page;
  const { book } = entry;
  const titleWords = book.language === entry.chapter.language ? {} : titleOf(book);
  const { previous, next } = neighbours(catalogue, entry);
  return (
    <p class="place">
      <a href={href.book(book.slug)} {...titleWords}>
        {book.shortTitle}
      </a>{" "}
      {previous && !previous.isOverview && (
        <a href={previous.path} aria-label={words.chapter.number(numberOf(catalogue, previous))}>
          {words.chapter.back(numberOf(catalogue, previous))}
        </a>
      )}{" "}
      <span {...own}>{words.chapter.place(numberOf(catalogue, entry), contentsOf(catalogue, book).length)}</span>{" "}
      {next && (
        <a href={next.path} aria-label={words.chapter.number(numberOf(catalogue, next))}>
          {words.chapter.on(numberOf(catalogue, next))}
        </a>
      )}
    </p>
  );
}
