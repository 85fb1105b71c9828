/** Tests the probe that asks a deployed Worker whether it has a webhook's secret: a signed event that leaves no trace. */
import { expect, test } from "vitest";
import { probeWebhook } from "../../../src/cli/setup/probe-webhook.ts";
import { href } from "../../../src/routes.ts";
import { webhookSecret } from "../../fakes/resend-webhooks.ts";
import { type MailReports, openMailReports, otherSecret } from "../../newsletter/mail-reports.ts";
import { present } from "../../world.ts";

/** A `fetch` that calls the Worker of the test world. */
const askOf =
  ({ world }: MailReports): typeof fetch =>
  async (_, init) => {
    const headers = init?.headers as Record<string, string>;
    const answer = await world.get(href.webhook(), { method: "POST", body: String(init?.body), headers });
    return new Response(answer.body, { status: answer.status }) as never;
  };
const probe = (newsletter: MailReports, secret: string) =>
  probeWebhook(`https://library.example${href.webhook()}`, secret, Date.parse(present), askOf(newsletter));

test("the right secret is accepted, another one rejected, and nothing is recorded of either", async () => {
  await using newsletter = await openMailReports();
  expect(await probe(newsletter, webhookSecret)).toEqual({ kind: "accepted" });
  expect(await probe(newsletter, otherSecret)).toEqual({ kind: "rejected" });
  expect(await newsletter.rows("SELECT id FROM webhook_events")).toEqual([]);
  await using both = await openMailReports({ RESEND_WEBHOOK_SECRET: `${otherSecret} ${webhookSecret}` });
  expect(await probe(both, webhookSecret)).toEqual({ kind: "accepted" });
  await using broken = await openMailReports({ RESEND_WEBHOOK_SECRET: "re_by_mistake" });
  expect(await probe(broken, webhookSecret)).toEqual({ kind: "rejected" });
});

test("every other answer says nothing about the secret", async () => {
  const url = "https://library.example.org/newsletter/webhooks/resend";
  const answered = (status: number, body: string) =>
    probeWebhook(url, webhookSecret, 0, (async () => new Response(body, { status })) as unknown as typeof fetch);
  expect(await answered(200, "Noted.\n"), "of an earlier version").toEqual({ kind: "accepted" });
  expect(await answered(401, "Not signed.\n"), "of an earlier version").toEqual({ kind: "rejected" });
  expect(await answered(404, "Not found.\n")).toEqual({ kind: "unknown", message: `${url} answers with status 404` });
  expect(await answered(200, "<h1>Parked</h1>")).toMatchObject({ kind: "unknown" });
  expect(await answered(403, "<h1>Blocked</h1>")).toMatchObject({ kind: "unknown" });
  const broken = async () => {
    throw new TypeError("fetch failed", { cause: { code: "ENOTFOUND" } });
  };
  expect(await probeWebhook(url, webhookSecret, 0, broken)).toEqual({
    kind: "unknown",
    message: `${url} does not answer (ENOTFOUND)`,
  });
});
