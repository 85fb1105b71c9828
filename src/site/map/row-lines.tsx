/** Draws the lines beside a text in the list: those that pass it, those that arrive at its dot, and the one that leads on. */
import type { LaneRow } from "./lanes.ts";

/** In rem: the middle of the first line of the text's title. */
const dotAt = 1.35;

interface RowLinesProps {
  readonly row: LaneRow;
  /** Number of lanes of the list. */
  readonly lanes: number;
}

/** In rem. Many lanes are narrower, because a phone has no room for more. */
export const laneWidth = (lanes: number): number => Math.min(1, 6 / lanes);

/** What is above the dot has a fixed height, and the lines below it are as long as the row is high. */
export function RowLines({ row, lanes }: RowLinesProps) {
  const width = laneWidth(lanes);
  const at = (lane: number) => (lane + 0.5) * width;
  const x = at(row.lane);
  return (
    <svg class="row-lines" width={`${lanes * width}rem`} height="100%" aria-hidden="true">
      {row.passing.map((lane) => (
        <line x1={`${at(lane)}rem`} x2={`${at(lane)}rem`} y1="-1" y2="100%" />
      ))}
      {row.leadsOn && <line x1={`${x}rem`} x2={`${x}rem`} y1={`${dotAt}rem`} y2="100%" />}
      {row.arriving.length > 0 && (
        <svg
          width={`${lanes * width}rem`}
          height={`${dotAt}rem`}
          viewBox={`0 0 ${lanes * width} ${dotAt}`}
          aria-hidden="true"
        >
          {row.arriving.map((lane) => (
            <path d={`M${at(lane)} 0C${at(lane)} ${dotAt * 0.6} ${x} ${dotAt * 0.4} ${x} ${dotAt}`} />
          ))}
        </svg>
      )}
      <circle cx={`${x}rem`} cy={`${dotAt}rem`} r="0.28rem" />
    </svg>
  );
}
