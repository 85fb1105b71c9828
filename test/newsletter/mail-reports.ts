/** Sets up recorded deliveries, and a Resend that reports events about them. */
import { href } from "../../src/routes.ts";
import { signWebhook, webhookSecret } from "../fakes/resend-webhooks.ts";
import { type Answer, present } from "../world.ts";
import { type NewsletterWorld, openNewsletterWorld } from "./newsletter-world.ts";

export const otherSecret = `whsec_${btoa("the secret of another one, 32 by")}`;

export const edition = "each_tea_cooling";

export interface Copy {
  readonly subscriber: string;
  readonly state: string;
  readonly chapter?: string;
  readonly reason?: string;
  readonly provider?: string;
}

export interface EventData {
  readonly to?: string[];
  readonly tags?: unknown;
  readonly email_id?: string | undefined;
  readonly [field: string]: unknown;
}

/** As Resend documents it. By default the event is about the delivery to subscriber `s1`. */
export const eventOf = (type: string, data: EventData = {}): string =>
  JSON.stringify({
    type,
    created_at: present,
    data: {
      broadcast_id: null,
      created_at: present,
      email_id: "mail-1",
      from: "The Tea Library <letters@library.example>",
      to: ["ada@example.org"],
      subject: "How fast does tea cool?",
      tags: { edition, subscriber: "s1" },
      ...data,
    },
  });

export const bounced = (type: string, data: EventData = {}): string =>
  eventOf("email.bounced", {
    bounce: { type, subType: "General", message: "The recipient's server\r\nsaid no." },
    ...data,
  });

export interface MailReports extends NewsletterWorld {
  /** Posts the signed payload, as a new event unless an id is given. */
  report(payload: string, options?: { id?: string; secret?: string }): Promise<Answer>;
  /** Resets the database, then records an edition with these deliveries, and subscriber `s1`, Ada. */
  begin(...copies: Copy[]): Promise<void>;
  /** States of all deliveries, by chapter and subscriber. */
  states(): Promise<string[]>;
  run(...statements: string[]): Promise<void>;
}

const quoted = (text: string | undefined): string => (text === undefined ? "NULL" : `'${text.replaceAll("'", "''")}'`);

export async function openMailReports(settings: Readonly<Record<string, string>> = {}): Promise<MailReports> {
  const newsletter = await openNewsletterWorld({
    RESEND_WEBHOOK_SECRET: webhookSecret,
    AUTHOR_EMAIL: "author@example.org",
    ...settings,
  });
  const database = await newsletter.world.database();
  const run: MailReports["run"] = async (...statements) => {
    await database.batch(statements.map((statement) => database.prepare(statement)));
  };
  let events = 0;
  return {
    ...newsletter,
    run,
    report(payload, { id, secret = webhookSecret } = {}) {
      events += 1;
      const headers = signWebhook(payload, { at: Date.parse(present), id: id ?? `msg_${events}`, secret });
      return newsletter.world.get(href.webhook(), { method: "POST", body: payload, headers: { ...headers } });
    },
    async begin(...copies) {
      const chapters = [...new Set(copies.map(({ chapter }) => chapter ?? "tea/cooling"))];
      const tables = ["subscribers", "suppressions", "letters", "editions", "deliveries", "notices", "webhook_events"];
      await run(
        ...tables.map((table) => `DELETE FROM ${table}`),
        subscriberRow("s1", "Ada@example.org"),
        `INSERT INTO editions (id, audience, chapters, state, opened_at, mails)
         VALUES ('${edition}', 'each', '${JSON.stringify(chapters)}', 'done', '${present}', '[]')`,
        ...copies.map(
          ({ subscriber, state, chapter = "tea/cooling", reason, provider }) =>
            `INSERT INTO deliveries (chapter_id, subscriber_id, edition_id, state, reason, provider_id, changed_at)
             VALUES ('${chapter}', '${subscriber}', '${edition}', '${state}', ${quoted(reason)}, ${quoted(provider)}, '${present}')`,
        ),
      );
    },
    async states() {
      const rows = await newsletter.rows<{ state: string }>(
        "SELECT state FROM deliveries ORDER BY chapter_id, subscriber_id",
      );
      return rows.map(({ state }) => state);
    },
  };
}

export const subscriberRow = (id: string, email: string, state = "confirmed"): string =>
  `INSERT INTO subscribers (id, email, address_key, state, leave_key, requested_at, confirmed_at)
   VALUES ('${id}', '${email}', '${email.toLowerCase()}', '${state}', 'k', '2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z')`;
