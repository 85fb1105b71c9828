/** Tests a lost response: Resend's reports still reach the right deliveries. */
import { expect, test } from "vitest";
import { href } from "../../src/routes.ts";
import { type EventType, webhookCall, webhookSecret } from "../fakes/resend-webhooks.ts";
import { openNewsletterWorld } from "../newsletter/newsletter-world.ts";

test("reports find their copies, also before our own record of the send", async () => {
  await using newsletter = await openNewsletterWorld({ RESEND_WEBHOOK_SECRET: webhookSecret });
  const { world, resend } = newsletter;
  await world.tick("2026-01-10T00:00:00Z");
  for (const name of ["ada", "bob", "cyd"]) {
    await newsletter.join(`${name}@example.org`, { now: "2026-01-10T00:01:00Z" });
  }
  resend.sent.length = 0;
  resend.troubles.push({ kind: "cut", taken: true });
  // Two chapters are due and go into one email.
  await world.tick("2026-02-02T08:30:00Z");

  let events = 0;
  const report = async (type: EventType, name: string): Promise<void> => {
    const sent = resend.sent.find(({ message }) => message.to[0] === `${name}@example.org`);
    if (!sent) throw new Error(`Nothing was sent to ${name}.`);
    const now = "2026-02-02T08:31:00Z";
    events += 1;
    const { body, headers } = webhookCall(sent, type, { at: Date.parse(now), id: `msg_${events}` });
    const answer = await world.get(href.webhook(), { method: "POST", body, headers: { ...headers }, now });
    expect(answer.status).toBe(200);
  };
  const states = async () =>
    Object.fromEntries(
      (
        await newsletter.rows<{ email: string; copy: string; state: string }>(
          "SELECT email, s.state, group_concat(DISTINCT d.state) AS copy FROM deliveries d JOIN subscribers s ON s.id = d.subscriber_id GROUP BY s.id",
        )
      ).map(({ email, copy, state }) => [email.split("@")[0], `${copy}, ${state}`]),
    );
  expect(await states()).toEqual({ ada: "sending, confirmed", bob: "sending, confirmed", cyd: "sending, confirmed" });
  await report("delivered", "ada");
  await report("sent", "ada");
  await report("bounced", "bob");
  const reported = { ada: "delivered, confirmed", bob: "bounced, suppressed" };
  expect(await states()).toEqual({ ...reported, cyd: "sending, confirmed" });

  await world.tick("2026-02-02T08:35:00Z");
  expect(await states()).toEqual({ ...reported, cyd: "accepted, confirmed" });
  await report("complained", "cyd");
  expect(await states()).toEqual({ ...reported, cyd: "complained, suppressed" });
  expect(resend.sent).toHaveLength(3);
  expect(await newsletter.rows("SELECT chapter_id FROM deliveries")).toHaveLength(6);
  expect(await newsletter.rows("SELECT id FROM notices")).toEqual([]);
});
