/** Adds a visit to what is kept about a text, and decides whether the text counts as read, by the rule of the statistics. */
import { hasReadingTime } from "../../../library/reading-time.ts";
import type { TextRecord } from "./record.ts";

export interface Visit
  extends Pick<TextRecord, "at" | "path" | "title" | "cloth" | "seconds" | "depth" | "next" | "place"> {
  /** Hashes of the text's blocks. */
  readonly blocks: string;
  readonly minutes: number;
  /** The reader has not seen yet what changed, so the blocks stay as they were known. */
  readonly hasUnseenChanges: boolean;
}

export interface Kept {
  readonly record: TextRecord;
  readonly isRead: boolean;
}

/** `visit.seconds`: those that have not been added before. */
export function addVisit(previous: TextRecord | undefined, visit: Visit): Kept {
  const { at, path, title, cloth, next, place, blocks, minutes, hasUnseenChanges } = visit;
  const seconds = (previous?.seconds ?? 0) + visit.seconds;
  const depth = Math.max(previous?.depth ?? 0, visit.depth);
  const isLongEnough = hasReadingTime(seconds, minutes);
  const finished = previous?.finished ?? (isLongEnough && depth >= 100 ? at : undefined);
  const isKnown = hasUnseenChanges && previous?.blocks !== undefined && previous.known !== undefined;
  return {
    record: {
      at,
      path,
      title,
      ...(cloth !== undefined && { cloth }),
      seconds,
      depth,
      ...(finished !== undefined && { finished }),
      ...(next && { next }),
      ...(place && { place }),
      ...(isKnown ? { blocks: previous.blocks, known: previous.known } : { blocks, known: at }),
    },
    isRead: isLongEnough && depth >= 50,
  };
}
