/**
 * Renders the masthead of pages for readers: the library's name, the place of the page in its book, the search, and the links
 * of the library, which a narrow window folds into a menu.
 */
import { titleOf } from "../library/language.ts";
import type { Book } from "../library/manifest.ts";
import { href } from "../routes.ts";
import type { PageContext } from "./page-context.ts";
import { ThemeSwitch } from "./theme-switch.tsx";

/** The book of a page, and the chapter's number in it; a book's own page has none. */
interface Place {
  readonly book: Pick<Book, "slug" | "shortTitle" | "language">;
  readonly chapter: number | undefined;
}

interface MastheadProps {
  readonly page: PageContext;
  /** Path of the page, to mark its link as the current one. */
  readonly path: string | undefined;
  readonly place: Place | undefined;
}

export function Masthead({ page, path, place }: MastheadProps) {
  const { catalogue, words, newsletterOpen } = page;
  const { frame } = words;
  const currentAt = (link: string) => (path === link ? "page" : undefined);
  return (
    <header class={place ? "masthead in-book" : "masthead"}>
      <a class="mark" href={href.home()} aria-current={currentAt(href.home())}>
        <span class="mark-name">{catalogue.manifest.title}</span>
      </a>{" "}
      {place && <Breadcrumb page={page} {...place} />}{" "}
      <a class="search" href={href.search()} aria-current={currentAt(href.search())}>
        {words.search.title}
      </a>
      <nav class="links" aria-label={frame.navigation}>
        <details class="menu">
          <summary>{frame.menu}</summary>
          <ul>
            {/* With one book, the home page is its title page. */}
            {catalogue.books.length > 1 && (
              <li>
                <a href={href.books()} aria-current={currentAt(href.books())}>
                  {words.books.title}
                </a>
              </li>
            )}
            {newsletterOpen && (
              <li>
                <a href={href.newsletter()}>{words.subscribe.button}</a>
              </li>
            )}
            <li class="in-menu">
              <a href={href.about()} aria-current={currentAt(href.about())}>
                {frame.about}
              </a>
            </li>
            <li class="in-menu">
              <a href={href.feed()}>{frame.feed}</a>
            </li>
            <li>
              {/* `browser/offer-settings.ts` shows it. */}
              <button type="button" class="settings" hidden>
                {frame.settings}
              </button>
            </li>
            <li>
              <ThemeSwitch words={frame}>
                <span class="in-menu">{frame.theme} </span>
              </ThemeSwitch>
            </li>
          </ul>
        </details>
      </nav>
    </header>
  );
}

/** `Transformers › 7`: on a book's own page, only its title. */
function Breadcrumb({ page, book, chapter }: Place & { readonly page: PageContext }) {
  return (
    <nav class="breadcrumb" aria-label={page.words.frame.breadcrumb}>
      <ol>
        <li>
          <a href={href.book(book.slug)} aria-current={chapter === undefined ? "page" : undefined} {...titleOf(book)}>
            {book.shortTitle}
          </a>
        </li>{" "}
        {chapter !== undefined && <li aria-current="page">{chapter}</li>}
      </ol>
    </nav>
  );
}
