/** Renders the form that leads to the way to any chapter. */
import type { CatalogueEntry } from "../../library/catalogue.ts";
import { titleOf } from "../../library/language.ts";
import type { Book } from "../../library/manifest.ts";
import { href } from "../../routes.ts";
import type { PageContext } from "../../ui/page-context.ts";
import { shortTitle } from "../chapter-lists.tsx";

interface WayFormProps {
  readonly page: PageContext;
  /** Only its chapters are offered. */
  readonly book: Book | undefined;
  readonly to: CatalogueEntry | undefined;
}

/** Nobody looks through more; chapters link to their ways. */
const maxOptions = 300;

export function WayForm({ page: { catalogue, words }, book, to }: WayFormProps) {
  const entries = [...catalogue.byPath.values()].filter((entry) => book === undefined || entry.book === book);
  if (entries.length < 2 || entries.length > maxOptions) return null;
  return (
    <form class="way-form" action={href.map()}>
      <label>
        <span>{words.map.wayTo}</span>
        <select name="to">
          {[...Map.groupBy(entries, (entry) => entry.book)].map(([one, own]) => (
            <optgroup label={one.shortTitle}>
              {own.map(({ path, chapter, isOverview }) => (
                <option value={path.slice(1)} selected={path === to?.path} {...titleOf(chapter)}>
                  {isOverview ? words.chapter.startHere : shortTitle(chapter.title)}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>{" "}
      <button type="submit" class="button button-quiet">
        {words.map.show}
      </button>
    </form>
  );
}
