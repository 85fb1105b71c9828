/** Runs the edition engine on a test world's D1 and KV, with a provider that can be made to fail. */

import type { Execute } from "../../src/cli/wrangler/d1-execute.ts";
import { iso, openDatabase } from "../../src/db/database.ts";
import { CallBudget } from "../../src/editions/call-budget.ts";
import { runNewsletter } from "../../src/editions/run.ts";
import { type RunContext, type SendContext, withCatalogue } from "../../src/editions/send-context.ts";
import { marks } from "../../src/editions/template.ts";
import { catalogueAt } from "../../src/library/catalogue.ts";
import { createResend } from "../../src/mail/resend.ts";
import { en } from "../../src/ui/words/en.ts";
import { askOf } from "../fakes/resend.ts";
import { ResendModel } from "../fakes/resend-model.ts";
import type { World } from "../world.ts";
import { signingKeys } from "./newsletter-world.ts";

export async function openSendContext(world: World, { mailsPerRun = 500 } = {}) {
  let present = Date.parse(before);
  const resend = new ResendModel({ now: () => present });
  const told: string[] = [];
  const database = await world.database();
  const shelf = await world.shelf();
  const contextAt = (at: string): SendContext => {
    const now = Date.parse(at);
    present = now;
    const context: RunContext = {
      db: openDatabase(database),
      kv: shelf,
      budget: new CallBudget(50),
      templates: new Map(),
      mailer: createResend({ url: "https://api.resend.com", apiKey: "re_test" }, askOf(resend)),
      now: () => now,
      realNow: () => now,
      keys: signingKeys,
      words: en,
      mailsPerRun,
      pace: async () => {},
      origin: "https://library.example",
      composer: () => async (edition, _, chapters) => ({
        from: "letters@library.example",
        to: [marks.to],
        subject: chapters.join(),
        html: `<a href="${marks.leave}">$&</a>`,
        text: marks.preferences,
        tags: [
          { name: "edition", value: edition },
          { name: "subscriber", value: marks.subscriber },
        ],
      }),
      tell: async (title) => void told.push(title),
    };
    return withCatalogue(context, catalogueAt(now, world.manifest));
  };
  const run = (at: string): Promise<void> => runNewsletter(contextAt(at), catalogueAt(Date.parse(at), world.manifest));
  const join = async (count: number, confirmedAt: string): Promise<void> => {
    await database
      .prepare(
        `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
         INSERT INTO subscribers (id, email, address_key, state, leave_key, requested_at, confirmed_at)
         SELECT printf('s%05d', i), 'r' || i || '@example.org', 'r' || i || '@example.org', 'confirmed', 'k', ?2, ?2 FROM n`,
      )
      .bind(count, confirmedAt)
      .run();
  };
  const states = async () =>
    Object.fromEntries(
      (
        await database
          .prepare("SELECT state, COUNT(*) AS count FROM deliveries GROUP BY state ORDER BY state")
          .all<{ state: string; count: number }>()
      ).results.map(({ state, count }) => [state, count]),
    );
  /** Runs statements as wrangler passes them to D1. */
  const execute: Execute = async (statements) =>
    (await database.batch(statements.map((statement) => database.prepare(statement)))).map(({ results }) => results);
  const addresses = () => resend.mails.map(({ to }) => to[0]);
  return { resend, copies: resend.mails, told, contextAt, run, join, states, execute, addresses, database, shelf };
}

/** Before “cooling” becomes due on 2 February. */
export const before = "2026-01-20T00:00:00Z";
const due = Date.parse("2026-02-02T08:30:00Z");
export const minutes = (count: number): string => iso(due + count * 60_000);
