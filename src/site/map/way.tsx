/** Renders the shortest way to a chapter: everything that it builds on, in the order to read it. */
import type { CatalogueEntry } from "../../library/catalogue.ts";
import { titleOf } from "../../library/language.ts";
import type { PageContext } from "../../ui/page-context.ts";
import { Minutes, minutesOf } from "../chapter-lists.tsx";
import { identityOf } from "../link-identity.ts";

interface WayProps {
  readonly page: PageContext;
  /** The last text is where it leads. */
  readonly way: readonly CatalogueEntry[];
}

export const Way = ({ page, way }: WayProps) => (
  <>
    <p class="map-what">
      {way.length > 1 ? page.words.map.wayLength(way.length, minutesOf(way)) : page.words.map.needsNothing}
    </p>
    {way.length > 1 && (
      <ol class="contents-list way">
        {way.map(({ id, path, book, chapter, isOverview }) => (
          <li data-cloth={book.cloth}>
            <a class="entry-title" href={path} {...identityOf({ id, path })} {...titleOf(isOverview ? book : chapter)}>
              {isOverview ? book.title : chapter.title}
            </a>{" "}
            <Minutes page={page} minutes={chapter.minutes} />
          </li>
        ))}
      </ol>
    )}
  </>
);
