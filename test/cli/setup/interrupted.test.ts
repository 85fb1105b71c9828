/** Tests a set-up that is interrupted at any call, or waits for DNS: run again, it ends without duplicates. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { showRecords } from "../../../src/cli/setup/dns-records.ts";
import { openResendAccount } from "../../../src/cli/setup/resend-account.ts";
import type { Trouble } from "../../fakes/resend-answers.ts";
import { type Author, openAuthor } from "./author.ts";

let author: Author;
beforeEach(async () => {
  author = await openAuthor();
});
afterEach(() => author[Symbol.asyncDispose]());

const sendingKeys = () => author.resend.account.keys.filter(({ permission }) => permission === "sending_access");

/** Exactly one of each resource, and the Worker has the matching values. */
function expectWhole(): void {
  const { domains, webhooks } = author.resend.account;
  expect([domains.length, webhooks.length, sendingKeys().length]).toEqual([1, 1, 1]);
  expect(Object.fromEntries(author.secrets)).toEqual({
    RESEND_WEBHOOK_SECRET: webhooks[0]?.secret,
    RESEND_API_KEY: sendingKeys()[0]?.token,
    TOKEN_KEYS: `k1:${"a".repeat(64)}`,
  });
}

const rejected: Trouble = {
  kind: "answer",
  status: 403,
  body: { statusCode: 403, name: "validation_error", message: "No." },
};

test.each(["POST /domains", "POST /webhooks", "POST /api-keys"])(
  "%s is rejected: the step is named, and a second run completes",
  async (route) => {
    author.resend.account.troubles.set(route, [rejected]);
    const { done, message } = await author.setUp();
    expect(done).toBe(false);
    expect(message.replace(/\s+/g, " ")).toMatch(
      / failed \S+ Resend did not create [^:]*: No\. \(403 validation_error\) The steps after this one were not run\. Fix the problem, then run the command again: it skips what is already done\.$/,
    );
    expect((await author.setUp()).done).toBe(true);
    expectWhole();
  },
);

test.each(["POST /domains", "POST /webhooks"])(
  "%s is done, and its answer is lost: the second run finds what was made",
  async (route) => {
    author.resend.account.troubles.set(route, [{ kind: "cut", taken: true }]);
    const { done, message } = await author.setUp();
    expect(done).toBe(false);
    expect(message.replace(/\s+/g, " ")).toContain(
      "It may have done it anyway: run the command again, which detects what already exists.",
    );
    expect((await author.setUp()).done).toBe(true);
    expectWhole();
  },
);

test("a key that was made, and its answer lost, is not taken for one that works", async () => {
  author.resend.account.troubles.set("POST /api-keys", [{ kind: "cut", taken: true }]);
  expect((await author.setUp()).done).toBe(false);
  expect(author.secrets.has("RESEND_API_KEY")).toBe(false);
  const { done, message } = await author.setUp();
  expect(done).toBe(true);
  expect(message.replace(/\s+/g, " ")).toContain(
    "Delete the older key of that name at https://resend.com/api-keys: the Worker does not use it",
  );
  expect(sendingKeys().at(-1)?.token).toBe(author.secrets.get("RESEND_API_KEY"));
});

test.each(["RESEND_WEBHOOK_SECRET", "RESEND_API_KEY", "TOKEN_KEYS"])(
  "%s is not stored: nothing is left over, and a second run completes",
  async (name) => {
    author.refused.set(name, "not stored");
    const { done, message } = await author.setUp();
    expect(done).toBe(false);
    expect(message).toMatch(new RegExp(`^failed {7}${name} +Cloudflare did not store`, "m"));
    author.refused.clear();
    expect((await author.setUp()).done).toBe(true);
    expectWhole();
  },
);

test.each(["RESEND_WEBHOOK_SECRET", "RESEND_API_KEY", "TOKEN_KEYS"])(
  "%s is stored although wrangler failed: the key that the Worker has is not deleted",
  async (name) => {
    author.refused.set(name, "lost");
    await author.setUp();
    author.refused.clear();
    expect((await author.setUp()).done).toBe(true);
    expectWhole();
  },
);

test("when nobody knows whether the key was stored, it stays, and is named", async () => {
  author.refused.set("RESEND_API_KEY", "lost");
  const { message } = await author.setUp({ isStored: () => Promise.reject(new Error("no network")) });
  expect(message.replace(/\s+/g, " ")).toContain(
    "A key “ml-blog letters.example.org” was left at Resend. Delete it at https://resend.com/api-keys if the next run stores another one.",
  );
  expect(sendingKeys().map(({ token }) => token)).toEqual([author.secrets.get("RESEND_API_KEY")]);
});

test("it waits for the records, says how far it is whenever that changes, and ends when they are found", async () => {
  let sleeps = 0;
  author.onSleep = () => {
    sleeps += 1;
    if (sleeps === 4) author.resend.account.recordsInPlace.add("letters.example.org");
  };
  const { done, message } = await author.setUp({ waits: true });
  expect([done, sleeps]).toEqual([true, 4]);
  const waiting = message.split("\n").filter((line) => /Waiting/.test(line));
  expect(waiting).toEqual([
    "Waiting up to 60 minutes for Resend to find them. Press Ctrl+C to stop waiting; nothing is lost.",
    "10:00 UTC  Waiting for DNS: SPF MX pending, SPF TXT pending, DKIM TXT pending",
  ]);
  expect(message).toContain("Emails can be sent from letters.example.org.");
});

test("after an hour it gives up; records that Resend gave up on are looked for again", async () => {
  author.onSleep = () => {
    const [domain] = author.resend.account.domains;
    if (domain && author.clock.now > Date.parse("2026-12-01T10:30:00Z") && domain.status === "pending")
      domain.status = "failed";
  };
  const { done, message } = await author.setUp({ waits: true });
  expect(done).toBe(false);
  expect(author.clock.now - Date.parse("2026-12-01T10:00:00Z")).toBeGreaterThanOrEqual(3_600_000);
  expect(author.clock.now - Date.parse("2026-12-01T10:00:00Z")).toBeLessThan(3_700_000);
  expect(author.resend.account.requests.filter((line) => line.endsWith("/verify")).length).toBeGreaterThan(2);
  expect(message.match(/DNS records for/g)).toHaveLength(2);
  expect(message).toContain("Emails cannot be sent from letters.example.org yet.");
});

test.each([
  ["example.org", "example.org", "send", "_dmarc", "rua=mailto:you@example.org"],
  ["letters.example.org", "example.org", "send.letters", "_dmarc.letters", "rua=mailto:you@example.org"],
  ["a.b.example.org", "example.org", "send.a.b", "_dmarc.a.b", "rua=mailto:you@example.org"],
  ["letters.other.example", "other.example", "send.letters", "_dmarc.letters", "p=none;"],
])("records of %s are relative to %s", async (name, zone, send, dmarc, end) => {
  author.resend.account.addDomain(name);
  const domain = await openResendAccount({ key: "re_full_access", url: author.resend.url }).findDomain(name);
  const table = showRecords(domain as NonNullable<typeof domain>, {
    authorMailbox: { address: "you@example.org", domain: "example.org" },
  });
  const lines = table.split("\n");
  expect(lines[0]).toContain(`the DNS provider of ${zone} `);
  expect(lines[3]).toMatch(new RegExp(`MX +${send.replaceAll(".", "\\.")} +10 `));
  expect(lines[6]).toContain(` ${dmarc} `);
  expect(lines[6]?.endsWith(end)).toBe(true);
});
