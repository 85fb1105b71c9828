/**
 * Draws a book's funnel: a bar for the views of each chapter, with reads and completions inside it, and a band to the
 * next chapter for the views that continued.
 */
import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import type { Words } from "../../ui/words/words.ts";
import { Chart, percent } from "../chart.tsx";
import type { CountedChapter } from "../names.ts";
import { printedShare } from "../numbers.ts";
import { figuresFor, type PageFigures, wentOn } from "./reading-figures.ts";

const lettering = 18;
const bar = 14;
/** Height from the bottom of a bar to the top of the next one, including the next label. */
const flow = 48;
const row = bar + flow;

interface Stage {
  readonly key: string;
  readonly title: string;
  readonly views: number;
  readonly reads: number;
  readonly finishes: number;
  /** Views of the next chapter that came from this one; undefined for the last chapter. */
  readonly onward: number | undefined;
}

export const stagesOf = (chapters: readonly CountedChapter[], pages: PageFigures): Stage[] =>
  chapters.map(({ key, chapter }, index) => {
    const { views, reads, finishes } = figuresFor(pages, key);
    const next = chapters[index + 1];
    return { key, title: chapter.title, views, reads, finishes, onward: next && wentOn(pages, key, next.key) };
  });

interface WayChartProps {
  readonly words: Words["desk"];
  readonly id: string;
  readonly book: string;
  readonly stages: readonly Stage[];
}

export function FunnelChart({ words, id, book, stages }: WayChartProps) {
  const { funnel, measures, numbers } = words;
  const across = scaleLinear()
    .domain([0, Math.max(1, ...stages.map(({ views }) => views))])
    .range([0, 100]);
  return (
    <Chart
      id={id}
      words={words}
      title={funnel.title(book)}
      description={describe(words, stages)}
      height={stages.length * row - flow + lettering + 6}
      legend={[
        ["fill-views", measures.views],
        ["fill-reads-pale", measures.reads],
        ["fill-reads", measures.completions],
        ["fill-onward", funnel.continuedLegend],
      ]}
      table={{
        head: [funnel.chapter, measures.views, measures.reads, measures.completions, funnel.continuedHead],
        rows: stages.map(({ title, views, reads, finishes, onward }) => [
          title,
          ...[views, reads, finishes].map(numbers.count),
          onward === undefined ? "–" : funnel.continuedCell(onward, printedShare(numbers, onward, views)),
        ]),
      }}
    >
      {stages.map((stage, index) => {
        const y = index * row + lettering;
        return (
          <g>
            <title>{funnel.stage(stage.title, stage.views, stage.reads, stage.finishes)}</title>
            <text x="0" y={y - 6} class="chart-title not-on-phones">
              {stage.title}
            </text>
            <text x="0" y={y - 6} class="chart-title on-phones">
              {shortened(stage.title)}
            </text>
            <text x="100%" y={y - 6} text-anchor="end" class="chart-number-end">
              {numbers.count(stage.views)}
            </text>
            <rect x="0" y={y} height={bar} width="100%" class="fill-track" />
            <rect x="0" y={y} height={bar} width={percent(across(stage.views))} class="fill-views" />
            <rect x="0" y={y} height={bar} width={percent(across(stage.reads))} class="fill-reads-pale" />
            <rect x="0" y={y} height={bar} width={percent(across(stage.finishes))} class="fill-reads" />
            {stage.onward !== undefined && (
              <Onward words={words} y={y + bar} from={across(stage.views)} to={across(stage.onward)} stage={stage} />
            )}
          </g>
        );
      })}
    </Chart>
  );
}

/** Shortens a title to fit beside a number on a phone: to the part before the colon, or to a prefix. */
function shortened(title: string): string {
  if (title.length <= 34) return title;
  const [name = title] = title.split(":");
  return name.length <= 34 ? name : `${name.slice(0, 33).trimEnd()}…`;
}

interface OnwardProps {
  readonly words: Words["desk"];
  readonly y: number;
  readonly from: number;
  readonly to: number;
  readonly stage: Stage;
}

/** A band as wide as the bar at its top, and as wide as the continued views at its bottom. */
function Onward({ words: { funnel, numbers }, y, from, to, stage }: OnwardProps) {
  const outline = line()([
    [0, 0],
    [from, 0],
    [to, flow],
    [0, flow],
  ]);
  return (
    <>
      <svg
        aria-hidden="true"
        x="0"
        y={y}
        width="100%"
        height={flow}
        viewBox={`0 0 100 ${flow}`}
        preserveAspectRatio="none"
      >
        <path d={`${outline}Z`} class="fill-onward" />
      </svg>
      {stage.views > 0 && (
        <text x="100%" y={y + 14} text-anchor="end" class="chart-label">
          {funnel.continued(printedShare(numbers, stage.onward ?? 0, stage.views))}
        </text>
      )}
    </>
  );
}

function describe(words: Words["desk"], stages: readonly Stage[]): string {
  const [first] = stages;
  const last = stages.at(-1);
  if (!first || !last) return words.funnel.none;
  const ends = words.funnel.words(stages.length, first.title, first.views, last.title, last.views);
  return `${ends} ${furthest(words, stages)}`;
}

/** The chapters with the highest and lowest continuation rates, as a sentence. */
function furthest({ funnel, numbers }: Words["desk"], stages: readonly Stage[]): string {
  const steps = stages
    .filter(({ views, onward }) => onward !== undefined && views > 0)
    .sort((a, b) => (a.onward ?? 0) / a.views - (b.onward ?? 0) / b.views);
  const [least] = steps;
  const most = steps.at(-1);
  const share = ({ views, onward = 0 }: Stage) => onward / views;
  // If all rates are equal, there is no highest or lowest.
  if (!least || !most || share(least) === share(most)) return "";
  return funnel.extremes(
    most.title,
    printedShare(numbers, most.onward ?? 0, most.views),
    least.title,
    printedShare(numbers, least.onward ?? 0, least.views),
  );
}
