/** Tests abuse by strangers, scanners and token forgers: no attempt changes data, and all get the same answers. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { href } from "../../src/routes.ts";
import { signToken } from "../../src/subscribers/tokens.ts";
import { present } from "../world.ts";
import {
  after,
  lastMail,
  linkIn,
  type Member,
  type NewsletterWorld,
  openNewsletterWorld,
  seen,
  signingKeys,
} from "./newsletter-world.ts";

let newsletter: NewsletterWorld;
let ada: Member;
beforeAll(async () => {
  newsletter = await openNewsletterWorld();
  ada = await newsletter.join("ada@example.org");
});
afterAll(() => newsletter[Symbol.asyncDispose]());
beforeEach(() => {
  newsletter.resend.mails.length = 0;
});

/** All tables, and all keys in KV. */
async function everything(): Promise<string> {
  const tables = await newsletter.rows<{ name: string }>(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'",
  );
  expect(tables.length).toBeGreaterThan(10);
  const rows = await Promise.all(tables.map(({ name }) => newsletter.rows(`SELECT * FROM ${name}`)));
  return JSON.stringify([rows, (await (await newsletter.world.shelf()).list()).keys]);
}

/** Invalid tokens of every kind, derived from valid ones. */
async function wrongTokens(good: string, purpose: "confirm" | "preferences" | "address" | "return"): Promise<string[]> {
  const bob = await newsletter.join(`bob-${crypto.randomUUID()}@example.org`);
  const sign = (change: object, keys = signingKeys) =>
    signToken({ purpose, subscriber: ada.id, detail: "-", expires: Date.parse(after(24)), ...change } as never, keys);
  const parts = good.split(".");
  const other = purpose === "confirm" ? "address" : "confirm";
  return [
    "x",
    "....",
    good.slice(0, -1),
    good.slice(0, good.length / 2),
    `${good}x`,
    good.replace(ada.id, bob.id),
    good.replace(purpose, other),
    [...parts.slice(0, 3), "zzzzzzz", ...parts.slice(4)].join("."),
    await sign({ purpose: other }),
    await sign({ expires: Date.parse(present) - 1 }),
    await sign({ subscriber: crypto.randomUUID() }),
    await sign({ detail: "wrong", purpose: purpose === "preferences" ? "return" : purpose }),
    await sign({}, [{ id: "k1", secret: "b".repeat(40) }]),
    await sign({}, [{ id: "k7", secret: "a".repeat(40) }]),
    "$&",
    "%3Cscript%3E",
    `${good}%00`,
    `${good}%0A`,
    `%E2%80%A8${good}`,
    // The first lower-case letter, because a random token need not contain any particular one.
    good.replace(/[a-z]/, "%D0%B0"),
    good.toUpperCase(),
    `${"x".repeat(200)}${good}`,
    `${good.slice(0, -43)}${"A".repeat(43)}`,
    "{{token}}",
    "%E0%A4%A",
  ];
}

test.each(["confirm", "preferences", "address", "return"] as const)(
  "links to %s that do not hold are all answered alike, and change nothing",
  async (purpose) => {
    const good = await signToken(
      { purpose, subscriber: ada.id, detail: "-", expires: Date.parse(after(24)) },
      signingKeys,
    );
    const tokens = await wrongTokens(good, purpose);
    const before = await everything();
    const path = (token: string) => `/newsletter/${purpose}/${token}`;
    const answers = [];
    for (const token of tokens) {
      answers.push(seen(await newsletter.world.get(path(token))));
      answers.push(seen(await newsletter.post(path(token), { act: "erase", sure: "yes" })));
    }
    expect(answers[0]?.status).toBe(404);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(await everything()).toBe(before);
  },
);

test("nor does a wrong link to leave", async () => {
  const bob = await newsletter.join("leave-bob@example.org");
  const [, secret = ""] = (ada.leave.split("/").at(-1) ?? "").split(".");
  const before = await everything();
  const wrong = [
    "x",
    `${bob.id}.${secret}`,
    `${ada.id}.${"0".repeat(32)}`,
    `${ada.id}.${secret.slice(1)}`,
    `${ada.id}.`,
  ];
  const answers = [];
  for (const token of wrong) {
    answers.push(seen(await newsletter.world.get(href.unsubscribe(token))));
    answers.push(seen(await newsletter.post(href.unsubscribe(token), { by: "page" })));
    answers.push(seen(await newsletter.post(href.unsubscribeReason(token), { why: "x" })));
  }
  for (const token of ["x", "%0d%0aSet-Cookie:%20a=b", "%2F%2Fevil.example"]) {
    answers.push(seen(await newsletter.world.get(href.unsubscribeReason(token))));
  }
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  expect(await everything()).toBe(before);
});

test("a scanner that opens every link of every mail three times changes nothing", async () => {
  const cleo = await newsletter.join("cleo@example.org");
  await newsletter.subscribe("cleo@example.org");
  await newsletter.subscribe("pending@example.org");
  await newsletter.post(cleo.preferences, { act: "address", email: "cleo-new@example.org" });
  const dora = await newsletter.join("dora@example.org");
  await newsletter.post(dora.leave, { by: "page" });
  await newsletter.subscribe("pending@example.org");
  const links = newsletter.resend.mails.flatMap(({ html, text }) =>
    [...`${html} ${text}`.matchAll(/https:\/\/library\.example(\/[^\s"<]*)/g)].map(([, path = ""]) => path),
  );
  expect(new Set(links.map((path) => path.split("/")[2])).size).toBeGreaterThanOrEqual(2);
  const before = await everything();
  const count = newsletter.resend.calls.length;
  for (const path of new Set([...links, cleo.leave, `${cleo.preferences}/data`, ...Object.values(ada).slice(1)])) {
    for (const [index, method] of ["GET", "HEAD", "GET", "HEAD", "GET", "HEAD"].entries()) {
      // Prefetching browsers, and email clients that preview links.
      const headers =
        index < 2 ? { "sec-purpose": "prefetch;prerender", purpose: "prefetch", "x-moz": "prefetch" } : {};
      const answer = await newsletter.world.get(path, { method, headers });
      expect([path, answer.status < 500]).toEqual([path, true]);
    }
  }
  expect(await everything()).toBe(before);
  expect(newsletter.resend.calls.length).toBe(count);
});

test("no path of the newsletter changes anything when it is read, whatever the query says", async () => {
  const before = await everything();
  const token = ada.preferences.split("/").at(-1) ?? "";
  const query = "?email=eve@example.org&act=erase&sure=yes&by=page&_method=POST";
  for (const path of [
    href.newsletter(),
    href.subscribe(),
    href.checkInbox(),
    href.linkSent(),
    href.preferencesLink(),
    href.preferences(token),
    href.ownData(token),
    ada.leave,
    `${ada.leave}/why`,
  ]) {
    for (const method of ["GET", "HEAD"]) await newsletter.world.get(path + query, { method });
  }
  expect(await everything()).toBe(before);
  expect(newsletter.resend.mails).toEqual([]);
});

test("every kind of address gets the same answer, to the byte", async () => {
  await newsletter.join("confirmed@example.org");
  await newsletter.subscribe("waiting@example.org");
  const left = await newsletter.join("left@example.org");
  await newsletter.post(left.leave, {});
  const complained = await newsletter.join("complained@example.org");
  await newsletter.rows(
    `UPDATE subscribers SET state = 'suppressed', suppression_reason = 'complaint' WHERE id = '${complained.id}'`,
  );
  const bounced = await newsletter.join("bounced@example.org");
  await newsletter.rows(
    `UPDATE subscribers SET state = 'suppressed', suppression_reason = 'bounce' WHERE id = '${bounced.id}'`,
  );
  await newsletter.post(bounced.preferences, { act: "erase", sure: "yes" });
  for (let index = 0; index < 4; index += 1) await newsletter.subscribe("full@example.org");
  newsletter.resend.mails.length = 0;
  const erased = await newsletter.join("erased@example.org");
  await newsletter.post(erased.preferences, { act: "erase", sure: "yes" });
  const names = ["unknown", "confirmed", "waiting", "left", "complained", "bounced", "erased", "full"];
  for (const path of [href.subscribe(), href.preferencesLink()]) {
    const answers = [];
    for (const name of names)
      answers.push(seen(await newsletter.post(path, { email: `${name}@example.org`, page: "/" })));
    answers.push(
      seen(await newsletter.post(path, { email: "program@example.org", website: "http://spam.example", page: "/" })),
    );
    expect(answers[0]?.status).toBe(303);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  }
  const reached = new Set(newsletter.resend.mails.map(({ to }) => to[0]));
  for (const name of ["complained", "bounced", "full", "program"]) expect(reached).not.toContain(`${name}@example.org`);
});

test.each(["ada@example.org\r\nBcc: eve@example.org", "ada@example.org%0d%0aBcc:x@y.example", "a\u0000@example.org"])(
  "no header is smuggled in with an address: %j",
  async (email) => {
    expect((await newsletter.subscribe(email)).status).toBe(422);
    expect(newsletter.resend.mails).toEqual([]);
  },
);

test("what is typed stays text: HTML, and the signs that replacements know", async () => {
  const typed = `"><script>alert(1)</script>$&$1`;
  const answer = await newsletter.post(href.subscribe(), { email: typed, page: typed });
  expect(answer.status).toBe(422);
  expect(answer.body).not.toContain("<script>alert");
  expect(answer.body).toContain('name="page" value="/newsletter/"');
  const odd = "$&`'x@example.org";
  await newsletter.subscribe(odd);
  expect(lastMail(newsletter.resend).to).toEqual([odd]);
  const member = await newsletter.join(odd.replace("x@", "y@").replaceAll("'", ""));
  expect((await newsletter.world.get(member.preferences)).body).toContain("$&amp;`y@example.org");
});

test("links in mails lead to the library, whatever host was asked", async () => {
  await newsletter.subscribe("host@example.org", {
    headers: { "x-forwarded-host": "evil.example", forwarded: "host=evil.example" },
  });
  await newsletter.post("https://evil.example/newsletter/subscribe", { email: "host2@example.org" });
  expect(newsletter.resend.mails).toHaveLength(2);
  for (const { html, text } of newsletter.resend.mails) expect(html + text).not.toContain("evil.example");
  const answer = await newsletter.post("https://evil.example/newsletter/subscribe", { email: "host3@example.org" });
  expect(answer.headers.get("location")).toBe(href.checkInbox());
});

test("what is larger than any form is not read", async () => {
  const before = await everything();
  for (const path of [href.subscribe(), ada.preferences, ada.leave, href.preferencesLink()]) {
    expect((await newsletter.post(path, { email: "big@example.org", by: "x".repeat(20_000) })).status).toBe(413);
  }
  expect(await everything()).toBe(before);
});

test("a body that is no form, and a method that is none of ours, do nothing", async () => {
  const before = await everything();
  const json = await newsletter.world.get(ada.preferences, {
    method: "POST",
    body: JSON.stringify({ act: "erase", sure: "yes" }),
    headers: { "content-type": "application/json" },
  });
  expect(json.status).toBe(303);
  const multipart = await newsletter.world.get(href.subscribe(), {
    method: "POST",
    body: "no multipart at all",
    headers: { "content-type": "multipart/form-data; boundary=x" },
  });
  expect(multipart.status).toBe(422);
  for (const method of ["PUT", "DELETE", "PATCH"]) {
    expect((await newsletter.world.get(ada.preferences, { method })).status).toBe(405);
  }
  expect(await everything()).toBe(before);
});

test("no page of the newsletter is kept, listed, or told to others; none sets a cookie", async () => {
  await newsletter.subscribe("private@example.org");
  const link = linkIn(lastMail(newsletter.resend), "confirm");
  for (const path of [
    href.newsletter(),
    link,
    ada.preferences,
    `${ada.preferences}/data`,
    ada.leave,
    href.unsubscribe("x"),
  ]) {
    const { headers } = await newsletter.world.get(path);
    expect([path, headers.get("cache-control"), headers.get("x-robots-tag"), headers.get("referrer-policy")]).toEqual([
      path,
      "no-store",
      "noindex",
      "no-referrer",
    ]);
    expect([headers.get("set-cookie"), headers.get("etag")]).toEqual([null, null]);
    expect(headers.get("content-security-policy")).toContain("form-action 'self'");
  }
});
