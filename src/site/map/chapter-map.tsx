/**
 * Renders a map of chapters. It is one list in reading order: on paper, in narrow windows and for screen readers with the
 * lines of lanes beside it, in wide ones with each chapter at its place in the drawing, if there is one.
 */

import { type CatalogueEntry, numberOf } from "../../library/catalogue.ts";
import { titleOf } from "../../library/language.ts";
import type { Drawing } from "../../library/objects.ts";
import { type Needs, publicNeeds, withoutImplied } from "../../library/prerequisites.ts";
import type { PageContext } from "../../ui/page-context.ts";
import { BookHeading } from "../book-heading.tsx";
import { Minutes, shortTitle } from "../chapter-lists.tsx";
import { laneRows } from "./lanes.ts";
import { MapLines } from "./map-lines.tsx";
import { laneWidth, RowLines } from "./row-lines.tsx";

interface ChapterMapProps {
  readonly page: PageContext;
  readonly texts: readonly CatalogueEntry[];
  readonly drawing: Drawing | undefined;
  /** Paths of the texts on the way that the page shows. */
  readonly way: ReadonlySet<string>;
}

export function ChapterMap({ page, texts, drawing, way }: ChapterMapProps) {
  const { catalogue } = page;
  const isShown = new Set(texts.map(({ path }) => path));
  const needs = withoutImplied(
    new Map(
      texts.map(({ path }) => [
        path,
        publicNeeds(catalogue)
          .get(path)
          ?.filter((need) => isShown.has(need)) ?? [],
      ]),
    ),
  );
  const isDrawn = drawing !== undefined && drawing.lines.length > 0;
  return (
    <div
      class={isDrawn ? "map drawn" : "map"}
      style={isDrawn ? `--columns:${drawing.columns};--rows:${drawing.rows}` : undefined}
    >
      {isDrawn && <MapLines drawing={drawing} needs={needs} way={way} />}
      {[...Map.groupBy(texts, ({ book }) => book)].map(([book, own]) => (
        <section data-cloth={book.cloth} aria-labelledby={`book-${book.slug}`}>
          <BookHeading book={book} />
          <MapList page={page} texts={own} needs={needs} way={way} drawing={isDrawn ? drawing : undefined} />
        </section>
      ))}
    </div>
  );
}

interface MapListProps extends ChapterMapProps {
  readonly needs: Needs;
}

/** `texts`: of one book. */
function MapList({ page, texts, needs, way, drawing }: MapListProps) {
  const rows = laneRows(
    texts.map(({ path }) => path),
    needs,
  );
  const lanes = Math.max(...rows.map(({ lane }) => lane)) + 1;
  const places = new Map(drawing?.places.map(([path, column, row]) => [path, `--column:${column};--row:${row}`]));
  return (
    <ol style={`--lanes:${lanes * laneWidth(lanes)}rem`}>
      {texts.map((entry, index) => {
        const { path, chapter, isOverview } = entry;
        const lines = rows[index];
        return (
          <li
            class={[isOverview && "overview", way.has(path) && "on-way"].filter(Boolean).join(" ") || undefined}
            style={places.get(path)}
          >
            {lines && <RowLines row={lines} lanes={lanes} />}
            <a href={path}>
              {!isOverview && <span class="map-number">{numberOf(page.catalogue, entry)}</span>}{" "}
              <span class="map-title" {...titleOf(isOverview ? entry.book : chapter)}>
                {isOverview ? entry.book.shortTitle : shortTitle(chapter.title)}
              </span>{" "}
              <Minutes page={page} minutes={chapter.minutes} />
            </a>{" "}
            <After page={page} needs={needs.get(path) ?? []} />
          </li>
        );
      })}
    </ol>
  );
}

function After({
  page: { catalogue, words },
  needs,
}: {
  readonly page: PageContext;
  readonly needs: readonly string[];
}) {
  const needed = needs.flatMap((need) => catalogue.byPath.get(need) ?? []);
  if (needed.length === 0) return null;
  return (
    <p class="map-after" dir="auto">
      {words.chapter.after(
        needed.map(({ book, chapter, isOverview }) => (
          <bdi>{isOverview ? book.shortTitle : shortTitle(chapter.title)}</bdi>
        )),
      )}
    </p>
  );
}
