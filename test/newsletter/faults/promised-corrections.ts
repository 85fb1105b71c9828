/** Checks what promise.ts does for corrections: everybody who is owed one has it, and nobody else. */
import { chapterOf, correctedAt } from "../../../src/library/corrections.ts";
import { isDeclared } from "./correct.ts";
import { type Copies, type Deliveries, type Editions, excused } from "./promise.ts";
import type { Town } from "./town.ts";

/** Subscribers who have always wanted corrections, received a chapter before it was corrected, and have no correction. */
export function uncorrected(town: Town, copies: Copies, deliveries: Deliveries, editions: Editions): string[] {
  // By a wrong clock, the chapter's edition may seem to have been opened after the correction.
  if (town.hadWrongClock) return [];
  const corrections = town.d1.query<{ id: string; chapter: string; at: string }>(
    "SELECT id, chapter_id AS chapter, recorded_at AS at FROM corrections WHERE announced_at IS NOT NULL",
  );
  const isStopped = (id: string) =>
    [...editions.values()].some(({ state, chapters }) => state === "stopped" && chapters.includes(`"${id}"`));
  return corrections.flatMap(({ id, chapter, at }) => {
    if (!isDeclared(town, id) || isStopped(id) || isStopped(chapter)) return [];
    return [...town.readers.all.values()].flatMap((reader) => {
      const received = deliveries.get(`${chapter} ${reader.id}`);
      const openedAt = editions.get(received?.edition ?? "")?.openedAt;
      const hadIt = received && ["accepted", "delivered"].includes(received.state) && openedAt && openedAt < at;
      // Whether an uncertain delivery arrived may be known only after the correction has been sent.
      const wasUncertain = [...town.told.keys()].some((each) => each.startsWith(`uncertain ${received?.edition} `));
      const isExcused = excused.includes(deliveries.get(`${id} ${reader.id}`)?.state ?? "");
      if (!hadIt || wasUncertain || isExcused || reader.corrections !== true || reader.wasGone) return [];
      return copies.has(`${id} ${reader.id}`)
        ? []
        : [`${id} ${reader.id} has no copy, and there is no reason why not.`];
    });
  });
}

/** Corrections to subscribers who never asked for them, or did not get the chapter. */
export const unasked = (town: Town, copies: Copies): string[] =>
  [...copies.keys()].flatMap((name) => {
    const [id = "", subscriber = ""] = name.split(" ");
    if (correctedAt(id) === undefined) return [];
    const reader = town.readers.all.get(subscriber);
    return reader?.corrections !== false && copies.has(`${chapterOf(id)} ${subscriber}`)
      ? []
      : [`${name} went out, and had not been asked for.`];
  });
