/** Opens the author's desk in a world for a browser: signed in, with the newsletter enabled. */
import { openDatabase } from "../../src/db/database.ts";
import { isWritten, type Manifest } from "../../src/library/manifest.ts";
import { sumFinishedDays } from "../../src/stats/sum-days.ts";
import { sumWeeks } from "../../src/stats/sum-weeks.ts";
import { freePort } from "../journeys/browser.ts";
import { ownLibrary } from "../own-library.ts";
import { openWorld, type World } from "../world.ts";
import { AccessTeam, accessSettings } from "./author-login.ts";
import { emptyDesk, fillDesk } from "./fill-desk.ts";
import { type Invention, inventDesk } from "./invented-desk.ts";

export const deskPresent = "2026-12-20T14:05:00.000Z";
export const deskStates = ["none", "little", "year"] as const;
export type DeskState = (typeof deskStates)[number];

/** With the library's own books, at the URL that the browser uses: a login is valid at no other. */
export async function openDesk(
  chosenPort?: number,
): Promise<{ world: World; headers: Readonly<Record<string, string>> }> {
  const port = chosenPort ?? (await freePort());
  const access = new AccessTeam();
  const world = await openWorld(ownLibrary, {
    now: deskPresent,
    port,
    outbound: access.outbound,
    settings: {
      ...accessSettings,
      ORIGIN: `http://127.0.0.1:${port}`,
      TOKEN_KEYS: `k1:${"x".repeat(40)}`,
      MAIL_FROM: "letters@library.example",
      RESEND_API_KEY: "re_test",
    },
  });
  await world.setClock(deskPresent);
  return { world, headers: { "Cf-Access-Jwt-Assertion": access.token(deskPresent) } };
}

/** Keys of all measured pages, book by book in reading order. */
const countedPages = ({ books }: Manifest): string[] =>
  books.flatMap(({ slug, contents }) => [
    `${slug}/`,
    ...contents.filter(isWritten).map((chapter) => `${slug}/${chapter.id}`),
  ]);

const amounts: Readonly<Record<DeskState, Omit<Invention, "now" | "pages"> | undefined>> = {
  none: undefined,
  little: { seed: 3, days: 4, viewsADay: 40, people: 6, mailings: 1, answers: 2 },
  year: { seed: 7, days: 365, viewsADay: 10_000, people: 2400, mailings: 16, answers: 140 },
};

/** Kind and final state of transactional emails. */
const invented: readonly (readonly [string, string])[] = [
  ...Array.from({ length: 42 }, () => ["confirmation", "accepted"] as const),
  ...Array.from({ length: 31 }, () => ["welcome", "accepted"] as const),
  ["confirmation", "uncertain"],
  ["confirmation", "failed"],
  ["welcome", "uncertain"],
  ["preferences-link", "accepted"],
];

/** Fills the desk with nothing, some days, or a year that includes every kind of problem. */
export async function setDesk(world: World, state: DeskState): Promise<void> {
  const db = await world.database();
  await emptyDesk(db);
  const amount = amounts[state];
  if (!amount) return;
  const desk = inventDesk({ ...amount, now: deskPresent, pages: countedPages(world.manifest) });
  await fillDesk(db, desk);
  // As the cron trigger has done by then, eight weeks an hour.
  await sumWeeks(openDatabase(db), Date.parse(deskPresent), 100);
  await sumFinishedDays(openDatabase(db), Date.parse(deskPresent), 400);
  const ran = new Date(Date.parse(deskPresent) - 300_000).toISOString();
  await db
    .prepare("INSERT INTO newsletter (id, began_at, seen_at) VALUES (1, '2025-11-20T00:00:00.000Z', ?)")
    .bind(ran)
    .run();
  if (state !== "year") return;
  await db
    .prepare(`INSERT INTO letters (id, kind, state, created_at, next_attempt_at, settled_at)
      SELECT 'letter' || key, value ->> 0, value ->> 1, ?1, ?1, ?1 FROM json_each(?2)`)
    .bind(ran, JSON.stringify(invented))
    .run();
  const last = desk.editions.at(-1)?.id ?? "";
  await db.batch([
    db
      .prepare("UPDATE editions SET state = 'stopped', stopped_at = ?, stop_reason = 'conflict' WHERE id = ?")
      .bind(ran, last),
    db
      .prepare("INSERT INTO notices (id, title, body, at) VALUES ('history transformers/rope', ?, ?, ?)")
      .bind(
        "Published but not emailed",
        "transformers/rope: dated long ago. To email a chapter anyway: `npm run newsletter -- announce transformers/rope --remote`.",
        ran,
      ),
  ]);
}
