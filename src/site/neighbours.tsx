/** Renders the links after a text: the next chapter with its excerpt, and in small letters the previous one. */
import { type CatalogueEntry, neighbours } from "../library/catalogue.ts";
import { type interfaceWords, titleWithin } from "../library/language.ts";
import { reservedIds } from "../library/page-ids.ts";
import { href } from "../routes.ts";
import type { PageContext } from "../ui/page-context.ts";
import { shortTitle } from "./chapter-lists.tsx";
import { identityOf } from "./link-identity.ts";

interface NeighboursProps {
  readonly page: PageContext;
  readonly entry: CatalogueEntry;
  /** Attributes of interface text. */
  readonly own: ReturnType<typeof interfaceWords>;
}

export function Neighbours({ page, entry, own }: NeighboursProps) {
  const { catalogue } = page;
  const { previous, next } = neighbours(catalogue, entry);
  const words = page.words.chapter;
  // The links are within the chapter's text, which may be in another language than the title.
  const titleWords = ({ chapter }: CatalogueEntry) => titleWithin(entry.chapter, chapter, catalogue.manifest.language);
  return (
    <nav class="neighbours" aria-label={words.neighbours}>
      {next ? (
        <a class="next" href={next.path} {...identityOf(next)}>
          <span {...own}>{words.next}</span> <b {...titleWords(next)}>{next.chapter.title}</b>{" "}
          <span {...titleWords(next)}>{next.chapter.excerpt}</span>
        </a>
      ) : (
        <a class="next" href={`${href.book(entry.book.slug)}#${reservedIds.contents}`}>
          <span {...own}>{words.last}</span> <b {...own}>{words.allChapters}</b>
        </a>
      )}{" "}
      {previous ? (
        <a class="previous" href={previous.path} {...identityOf(previous)}>
          <span {...own}>{words.previous}</span>{" "}
          <b {...titleWords(previous)}>
            {previous.isOverview ? previous.book.shortTitle : shortTitle(previous.chapter.title)}
          </b>
        </a>
      ) : (
        <a class="previous" href={href.home()} {...own}>
          {words.backToLibrary(
            (text) => (
              <span>{text}</span>
            ),
            (text) => (
              <b>{text}</b>
            ),
          )}
        </a>
      )}
    </nav>
  );
}
