/**
 * Generates the raw events of a library with a newsletter from a seed: the contents of a desk's tables after that many
 * days. Tests fill a database with them, and compute from the same rows what the desk must show.
 */
import { type Chance, chance } from "./chance.ts";
import { type DeliveryRow, type EditionRow, inventMail } from "./invented-mail.ts";

export interface ReadingRow {
  readonly day: string;
  readonly page: string;
  readonly measure: string;
  readonly source: string;
  readonly count: number;
}
export interface SubscriberRow {
  readonly id: string;
  state: "pending" | "confirmed" | "unsubscribed" | "suppressed";
  readonly requested_at: string;
  confirmed_at: string | null;
  left_at: string | null;
  suppressed_at: string | null;
  suppression_reason: "bounce" | "complaint" | null;
  leave_reason: string | null;
  readonly frequency: "each" | "weekly" | "monthly";
  readonly books: string | null;
  paused_until: string | null;
}
interface ConsentRow {
  readonly subscriber_id: string;
  readonly at: string;
  readonly act: "requested" | "confirmed" | "left" | "returned";
}
interface FeedbackRow {
  readonly id: string;
  readonly page: string;
  readonly at: string;
  readonly clear: 0 | 1;
  readonly words: string | null;
  readonly settled_at: string | null;
}

export interface InventedDesk {
  readonly reading: readonly ReadingRow[];
  /** Not aggregated yet: each has separate counts. */
  readonly tallies: readonly { readonly id: string; readonly at: string; readonly rows: readonly ReadingRow[] }[];
  readonly subscribers: readonly SubscriberRow[];
  readonly consents: readonly ConsentRow[];
  readonly suppressions: readonly { readonly reason: "bounce" | "complaint" | "erased"; readonly at: string }[];
  readonly editions: readonly EditionRow[];
  readonly deliveries: readonly DeliveryRow[];
  readonly feedback: readonly FeedbackRow[];
  readonly events: readonly { readonly created_at: string; readonly id: string; readonly type: string }[];
}

export interface Invention {
  readonly seed: number;
  /** ISO 8601. */
  readonly now: string;
  readonly days: number;
  /** At the end of the period; at its start it is a third of that. */
  readonly viewsADay: number;
  /** Keys of measured pages, book by book in reading order. */
  readonly pages: readonly string[];
  readonly people: number;
  /** Number of editions, spread over the days. */
  readonly mailings: number;
  readonly answers: number;
}

const dayMs = 86_400_000;
const iso = (at: number): string => new Date(at).toISOString();

export function inventDesk(invention: Invention): InventedDesk {
  const { seed, now } = invention;
  const random = chance(seed);
  const end = Date.parse(now);
  const { reading, today } = inventReading(invention, random);
  const people = inventPeople(invention, random);
  const mail = inventMail(invention, random, people.subscribers);
  return {
    reading,
    tallies: [{ id: "t1", at: iso(end - 40_000), rows: today }],
    ...people,
    ...mail,
    feedback: inventAnswers(invention, random),
  };
}

function inventReading({ now, days, viewsADay, pages }: Invention, random: Chance) {
  const reading: ReadingRow[] = [];
  const today: ReadingRow[] = [];
  const end = Date.parse(now);
  // Some pages are popular; the further into a book, the fewer readers continue.
  const weights = pages.map(
    (page, index) => (page.endsWith("/") ? 2.2 : 1.6 / (1 + (index % 15) * 0.16)) * (0.6 + random.next()),
  );
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  for (let back = days - 1; back >= 0; back -= 1) {
    const at = end - back * dayMs;
    const day = iso(at).slice(0, 10);
    const weekday = new Date(at).getUTCDay();
    const season = (weekday === 0 || weekday === 6 ? 0.68 : 1.08) * (0.9 + 0.25 * random.next());
    const part = back === 0 ? (end % dayMs) / dayMs : 1;
    const trend = 0.33 + (0.67 * (days - back)) / days;
    for (const [index, page] of pages.entries()) {
      const views = Math.round(((viewsADay * (weights[index] ?? 0)) / whole) * season * trend * part);
      const kept = index % 3 === 0 && back === 0 ? today : reading;
      kept.push(...viewsOf(day, page, views, pages[index - 1], random));
    }
  }
  return { reading: reading.filter(({ count }) => count > 0), today: today.filter(({ count }) => count > 0) };
}

/** Sources by share, then depth and time, each a part of the previous measure. */
function viewsOf(day: string, page: string, views: number, before: string | undefined, random: Chance): ReadingRow[] {
  const fromBefore = before !== undefined && !page.endsWith("/") ? 0.25 + 0.25 * random.next() : 0;
  const rest = 1 - fromBefore;
  const shares: [string, number][] = [
    ["", 0.35 * rest],
    ["search.example", 0.3 * rest],
    ["news.example", 0.2 * rest],
    ["forum.example", 0.1 * rest],
    ["newsletter", 0.05 * rest],
    ...(before !== undefined && fromBefore > 0 ? [[before, fromBefore] as [string, number]] : []),
  ];
  const sources = shares.map(([source, share]) => ({ source, count: Math.floor(views * share + random.next()) }));
  const total = sources.reduce((sum, { count }) => sum + count, 0);
  let deep = total;
  const depths = ["depth-25", "depth-50", "depth-75", "depth-100"].map((measure) => {
    deep = Math.floor(deep * (0.72 + 0.2 * random.next()));
    return { measure, count: deep };
  });
  const [, half, , whole] = depths;
  const row = (measure: string, count: number, source = ""): ReadingRow => ({ day, page, measure, source, count });
  return [
    ...sources.map(({ source, count }) => row("view", count, source)),
    ...depths.map(({ measure, count }) => row(measure, count)),
    row("read", Math.floor((half?.count ?? 0) * 0.8)),
    row("finish", Math.floor((whole?.count ?? 0) * 0.85)),
    row("seconds", total * random.whole(70, 190)),
  ];
}

function inventPeople({ now, days, people, pages }: Invention, random: Chance) {
  const end = Date.parse(now);
  const books = [...new Set(pages.map((page) => page.slice(0, page.indexOf("/"))))].filter(Boolean);
  const subscribers: SubscriberRow[] = [];
  const consents: ConsentRow[] = [];
  const suppressions: { reason: "bounce" | "complaint" | "erased"; at: string }[] = [];
  for (let index = 0; index < people; index += 1) {
    const id = `s${String(index).padStart(6, "0")}`;
    let at = end - Math.floor(days * dayMs * random.next() ** 0.75);
    const own: ConsentRow[] = [];
    const says = (act: ConsentRow["act"]): string => {
      own.push({ subscriber_id: id, at: iso(at), act });
      at += random.whole(3_600_000, 60 * dayMs);
      return own.at(-1)?.at ?? "";
    };
    const person: SubscriberRow = {
      id,
      state: "pending",
      requested_at: says("requested"),
      confirmed_at: null,
      left_at: null,
      suppressed_at: null,
      suppression_reason: null,
      leave_reason: null,
      frequency: random.pick(["each", "each", "each", "weekly", "monthly"]),
      books: random.next() < 0.2 ? JSON.stringify([random.pick(books)]) : null,
      paused_until: random.next() < 0.03 ? iso(end + random.whole(-9, 9) * dayMs) : null,
    };
    at = Date.parse(person.requested_at) + random.whole(60_000, 3_600_000);
    if (at < end && random.next() < 0.9) {
      person.state = "confirmed";
      person.confirmed_at = says("confirmed");
    } else if (at < end && random.next() < 0.1) {
      // Withdrew a request that was never confirmed.
      person.state = "unsubscribed";
      person.left_at = says("left");
    }
    if (person.state === "confirmed" && at < end && random.next() < 0.14) {
      person.state = "unsubscribed";
      person.left_at = says("left");
      if (random.next() < 0.4) person.leave_reason = random.pick(unsubscribesText);
      if (at < end && random.next() < 0.15) {
        person.state = "confirmed";
        says("returned");
        person.left_at = null;
      }
    }
    if (at < end && (person.state === "confirmed" || person.left_at !== null) && random.next() < 0.02) {
      person.state = "suppressed";
      person.suppressed_at = iso(at);
      person.suppression_reason = random.next() < 0.8 ? "bounce" : "complaint";
    }
    if (random.next() < 0.01) {
      // Only a hash and a date are left.
      suppressions.push({ reason: "erased", at: iso(Math.min(at, end)) });
      continue;
    }
    subscribers.push(person);
    consents.push(...own.filter((consent) => consent.at <= now));
  }
  return { subscribers, consents: consents.sort((a, b) => (a.at < b.at ? -1 : 1)), suppressions };
}

function inventAnswers({ now, days, answers, pages }: Invention, random: Chance): FeedbackRow[] {
  const end = Date.parse(now);
  const asked = pages.filter((page) => page !== "/");
  return Array.from({ length: answers }, (_, index) => {
    const at = end - Math.floor(days * dayMs * random.next());
    const clear = random.next() < 0.82 ? 1 : 0;
    return {
      id: `f${String(index).padStart(5, "0")}`,
      page: random.pick(asked),
      at: iso(at),
      clear,
      words: random.next() < 0.4 ? random.pick(clear ? praise : doubts) : null,
      settled_at: random.next() < 0.4 ? iso(Math.min(end, at + 2 * dayMs)) : null,
    };
  });
}

const unsubscribesText = [
  "Too much mail, nothing wrong with yours.",
  "I read it on the site.",
  "I have changed jobs.",
  "More code, please.",
] as const;
const praise = [
  "The worked example did it for me.",
  "I finally see why the angles add up.",
  "Thank you. The figure with the sliders is lovely.",
] as const;
const doubts = [
  "Where does the square root come from?",
  "I lost the thread between the second formula and the table: what is d here, and is it the same d as above?",
  "The last figure does not move on my phone.",
] as const;
