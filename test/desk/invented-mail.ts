/** Generates the editions of a desk, their deliveries, and the reports about these. */
import type { Chance } from "./chance.ts";
import type { Invention, SubscriberRow } from "./invented-desk.ts";

export interface EditionRow {
  readonly id: string;
  readonly audience: "each" | "weekly" | "monthly";
  readonly chapters: readonly string[];
  readonly state: "sending" | "done" | "stopped";
  readonly opened_at: string;
  readonly done_at: string | null;
  readonly stopped_at: string | null;
  readonly stop_reason: string | null;
}
export interface DeliveryRow {
  readonly chapter_id: string;
  readonly subscriber_id: string;
  readonly edition_id: string;
  readonly state: string;
  readonly reason: string | null;
  readonly provider_id: string | null;
  readonly changed_at: string;
}
const dayMs = 86_400_000;
const iso = (at: number): string => new Date(at).toISOString();

export function inventMail(
  { now, days, mailings, pages }: Invention,
  random: Chance,
  people: readonly SubscriberRow[],
) {
  const end = Date.parse(now);
  const editions: EditionRow[] = [];
  const deliveries: DeliveryRow[] = [];
  const events: { created_at: string; id: string; type: string }[] = [];
  const chapters = pages.filter((page) => !page.endsWith("/"));
  for (let index = 0; index < mailings; index += 1) {
    const opened = end - Math.floor(((mailings - index - 0.7) * days * dayMs) / mailings);
    const isDigest = index % 4 === 3;
    const own = chapters.slice(index * 2, index * 2 + (isDigest ? 2 : 1));
    if (own.length === 0) continue;
    const audience = isDigest ? "weekly" : "each";
    const id = isDigest ? `weekly_${iso(opened).slice(0, 10)}` : `each_${own[0]?.replace("/", "_")}`;
    editions.push({
      id,
      audience,
      chapters: own,
      state: "done",
      opened_at: iso(opened),
      done_at: iso(opened + 1_800_000),
      stopped_at: null,
      stop_reason: null,
    });
    for (const { id: subscriber, frequency, confirmed_at, left_at } of people) {
      if (frequency !== audience || confirmed_at === null || confirmed_at > iso(opened)) continue;
      if (left_at !== null && left_at < iso(opened)) continue;
      const luck = random.next();
      const [state, reason]: readonly [string, string | null] =
        luck < 0.955
          ? ["delivered", null]
          : luck < 0.968
            ? ["accepted", null]
            : luck < 0.982
              ? ["bounced", random.pick(bounceReasons)]
              : luck < 0.9825
                ? ["complained", null]
                : luck < 0.984
                  ? ["failed", "Invalid `to` field"]
                  : ["skipped", random.pick(["paused", "unsubscribed", "suppressed"])];
      const provider = state === "skipped" || state === "failed" ? null : `re_${index}_${subscriber}`;
      const changed = iso(opened + random.whole(20_000, 1_500_000));
      for (const chapter of own) {
        deliveries.push({
          chapter_id: chapter,
          subscriber_id: subscriber,
          edition_id: id,
          state,
          reason,
          provider_id: provider,
          changed_at: changed,
        });
      }
      if (provider !== null && opened > end - 7 * dayMs) {
        events.push({
          created_at: changed,
          id: `m_${index}_${subscriber}`,
          type: state === "accepted" ? "email.sent" : `email.${state}`,
        });
      }
    }
  }
  return { editions, deliveries, events };
}

const bounceReasons = ["Permanent General: 550 5.1.1 no such user", "Transient MailboxFull: over quota"] as const;
