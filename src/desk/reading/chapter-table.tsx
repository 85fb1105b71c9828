/** Renders the table of chapters. Column heads are links that sort it, so it needs no script. */
import { href } from "../../routes.ts";
import type { Words } from "../../ui/words/words.ts";
import type { ClarityCount } from "../feedback/feedback-queries.ts";
import { chaptersOf, type Named, pageName } from "../names.ts";
import { printedShare } from "../numbers.ts";
import { type Figures, figuresFor, type PageFigures } from "./reading-figures.ts";
import { SparkBars } from "./spark-bars.tsx";

export const orders = ["chapter", "views", "reads", "finishes", "share", "clear"] as const;
export type Order = (typeof orders)[number];

export interface ChapterRow {
  readonly key: string;
  readonly name: string;
  readonly figures: Figures;
  readonly clear: number;
  readonly unclear: number;
}

/**
 * Public chapters and pages with counts, in reading order. Pages that are not chapters of the release, such as the home
 * page, come last.
 */
export function chapterRows(
  page: Named,
  pages: PageFigures,
  clarity: readonly ClarityCount[],
  now: number,
): ChapterRow[] {
  const { manifest } = page.catalogue;
  const chapters = manifest.books.flatMap((book) => chaptersOf(manifest, book));
  const known = new Set(chapters.map(({ key }) => key));
  const others = [...pages.keys()].filter((key) => !known.has(key)).sort();
  const shown = chapters
    .filter(
      ({ key, chapter }) => pages.has(key) || (chapter.published !== undefined && Date.parse(chapter.published) <= now),
    )
    .map(({ key }) => key);
  return [...shown, ...others].map((key) => {
    const answers = clarity.find((count) => count.page === key);
    return {
      key,
      name: pageName(page, key),
      figures: figuresFor(pages, key),
      clear: answers?.clear ?? 0,
      unclear: answers?.unclear ?? 0,
    };
  });
}

const shareOf = (part: number, of: number): number => (of === 0 ? -1 : part / of);

/** Highest first; ties keep the reading order. */
function inOrder(rows: readonly ChapterRow[], order: Order): ChapterRow[] {
  const value = ({ figures, clear, unclear }: ChapterRow): number => {
    switch (order) {
      case "chapter":
        return 0;
      case "share":
        return shareOf(figures.reads, figures.views);
      case "clear":
        return shareOf(clear, clear + unclear);
      default:
        return figures[order];
    }
  };
  return [...rows].sort((a, b) => value(b) - value(a));
}

/** Rows of the chapters with trends, which are those with the most views, and then of others without views. */
export const mostViewedRows = (rows: readonly ChapterRow[], trends: ReadonlyMap<string, unknown>): ChapterRow[] => {
  const shown = rows.filter(({ key }) => trends.has(key));
  return shown.length > 0 ? shown : rows.filter(({ clear, unclear }) => clear + unclear > 0);
};

interface Trends {
  /** Views by page, one number for each of the days. */
  readonly of: ReadonlyMap<string, readonly number[]>;
  readonly days: readonly string[];
}

interface ChapterTableProps {
  readonly words: Words["desk"];
  readonly rows: readonly ChapterRow[];
  readonly order: Order;
  /** URL of the page sorted by `order`. */
  readonly hrefOf: (order: Order) => string;
  readonly caption: string;
  /** Adds a column of small charts. On a phone, the table then has only names and views. */
  readonly trends?: Trends | undefined;
}

export const ChapterTable = ({ words, rows, order, hrefOf, caption, trends }: ChapterTableProps) => (
  <table class={trends ? "numbers chapters is-short" : "numbers chapters"} id="chapters">
    <caption>{caption}</caption>
    <thead>
      <tr>
        {orders.map((name) => (
          <>
            <th
              scope="col"
              class={name === "chapter" ? undefined : "number"}
              aria-sort={name === order ? (name === "chapter" ? "ascending" : "descending") : undefined}
            >
              <a href={`${hrefOf(name)}#chapters`}>{words.reading.heads[name]}</a>
            </th>
            {trends && name === "chapter" && (
              <th scope="col" class="trend">
                {words.reading.trend(trends.days.length)}
              </th>
            )}
          </>
        ))}
      </tr>
    </thead>
    <tbody>
      {inOrder(rows, order).map((row) => (
        <Row words={words} row={row} trends={trends} />
      ))}
    </tbody>
  </table>
);

interface RowProps extends Pick<ChapterTableProps, "words" | "trends"> {
  readonly row: ChapterRow;
}

function Row({ words, row, trends }: RowProps) {
  const { key, name, clear, unclear } = row;
  const { views, reads, finishes } = row.figures;
  const { numbers } = words;
  return (
    <tr>
      <th scope="row">{key.includes("/") && key !== "/" ? <a href={href.deskReading(key)}>{name}</a> : name}</th>
      {trends && (
        <td class="trend">
          <SparkBars words={words} name={name} counts={trends.of.get(key) ?? []} days={trends.days} />
        </td>
      )}
      <td class="number">{numbers.count(views)}</td>
      <td class="number">{numbers.count(reads)}</td>
      <td class="number">{numbers.count(finishes)}</td>
      <td class="number">{printedShare(numbers, reads, views)}</td>
      <td class="number">{clear + unclear === 0 ? "–" : numbers.partOf(clear, clear + unclear)}</td>
    </tr>
  );
}
