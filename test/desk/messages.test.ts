/** Checks messages from readers at the desk: listed by state, answered by email, turned into a change, deleted. */

import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { parse } from "yaml";
import { answerLink } from "../../src/desk/messages/answer-link.ts";
import { changesEntry } from "../../src/desk/messages/changes-entry.ts";
import { messagesAtOnce } from "../../src/desk/messages/messages-page.tsx";
import { passageUrl } from "../../src/desk/messages/passage-url.ts";
import { href } from "../../src/routes.ts";
import { type Desk, openDesk, tokenIn, wordsOf } from "./author.ts";
import { faultsOf } from "./html-faults.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk[Symbol.asyncDispose]());
const insert = async (id: string, at: string, more: Readonly<Record<string, string>> = {}) => {
  const row = { id, at, message: "Half of which difference?", ...more };
  const names = Object.keys(row);
  await (await desk.world.database())
    .prepare(`INSERT INTO reader_messages (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})`)
    .bind(...Object.values(row))
    .run();
};
beforeEach(async () => {
  await (await desk.world.database()).exec("DELETE FROM reader_messages");
  await insert("m1", "2026-02-02T08:00:00.000Z", {
    page: "tea/cooling",
    fragment: "half-life",
    place: "Half-life",
    quote: "it loses <b>half</b>",
    message: "Which half?\n<script>alert(1)</script>",
    email: "ada@example.org",
    address_key: "ada@example.org",
  });
  await insert("m2", "2026-02-03T08:00:00.000Z", { page: "tea/" });
  await insert("m3", "2026-02-04T08:00:00.000Z", { state: "done", closed_at: "2026-02-05T08:00:00.000Z" });
});
const rows = async () => {
  const { results } = await (await desk.world.database())
    .prepare("SELECT id, state, closed_at FROM reader_messages ORDER BY id")
    .all();
  return results;
};

test("open messages are listed, newest first, with their passage, in one call; markup is text", async () => {
  const { status, body, d1Calls } = await desk.see(href.deskMessages());
  expect([status, d1Calls]).toEqual([200, 1]);
  expect(await faultsOf(body)).toEqual([]);
  const words = wordsOf(body);
  expect(words).toMatch(/Open \(2\) .*Answered \(0\) .*Done \(1\)/);
  expect(body.indexOf("Half of which difference?")).toBeLessThan(body.indexOf("Which half?"));
  expect(body).toContain("it loses &lt;b&gt;half&lt;/b&gt;");
  expect(body).not.toContain("<script>alert");
  expect(body).toContain('href="/tea/cooling#half-life:~:text=it%20loses%20%3Cb%3Ehalf%3C%2Fb%3E"');
  expect(words.match(/View on the page/g)).toHaveLength(2);
  expect(body).toContain('href="mailto:ada@example.org?subject=');
  expect(wordsOf((await desk.see(href.deskMessages("done"))).body)).toContain("About no chapter in particular");
  expect(wordsOf((await desk.see(href.deskMessages("answered"))).body)).toContain("No answered messages.");
  expect((await desk.see(href.deskMessages("everything"))).body).toContain("Which half?");
});

test("older ones are on further pages, each message once", async () => {
  for (let index = 0; index < messagesAtOnce; index += 1)
    await insert(`x${String(index).padStart(2, "0")}`, "2026-01-01T00:00:00.000Z");
  const first = (await desk.see(href.deskMessages())).body;
  const [, next = ""] = /href="([^"]*after=[^"]*)"/.exec(first) ?? [];
  const second = (await desk.see(next.replaceAll("&amp;", "&"))).body;
  const idsIn = (body: string) => [...body.matchAll(/\/desk\/messages\/(\w+)\/delete/g)].map(([, id]) => id);
  expect(idsIn(first)).toHaveLength(messagesAtOnce);
  expect(idsIn(second)).toEqual(["x01", "x00"]);
});

test("a message is marked as answered or done, and opened again; the time of the first end counts", async () => {
  const { body } = await desk.see(href.deskMessages());
  const mark = (state: string, now: string, id = "m1") =>
    desk.post(href.deskMessages(), { token: tokenIn(body), id, state }, { now });
  const answered = await mark("answered", "2026-03-01T12:00:00.000Z");
  expect([answered.status, answered.headers.get("Location")]).toEqual([303, href.deskMessages("open")]);
  await mark("done", "2026-03-01T13:00:00.000Z");
  expect(await rows()).toContainEqual({ id: "m1", state: "done", closed_at: "2026-03-01T12:00:00.000Z" });
  const list = (await desk.see(href.deskMessages("done"))).body;
  expect(wordsOf(list)).toContain("Done 1 Mar 2026, 12:00 UTC");
  await mark("open", "2026-03-01T14:00:00.000Z");
  expect(await rows()).toContainEqual({ id: "m1", state: "open", closed_at: null });
  const before = await rows();
  await mark("eaten", "2026-03-01T14:00:00.000Z");
  await mark("done", "2026-03-01T14:00:00.000Z", "m9");
  expect((await desk.post(href.deskMessages(), { id: "m1", state: "done" })).status).toBe(403);
  expect(await rows()).toEqual(before);
});

test("a message is deleted after a confirmation", async () => {
  const action = href.deskDeleteMessage("m1");
  const page = await desk.see(action);
  expect(await faultsOf(page.body)).toEqual([]);
  expect(wordsOf(page.body)).toContain("Delete this message?");
  expect(page.body).toContain("Which half?");
  expect(await rows()).toHaveLength(3);
  expect((await desk.post(action, {})).status).toBe(403);
  for (let turn = 0; turn < 2; turn += 1)
    expect((await desk.post(action, { token: tokenIn(page.body) })).headers.get("Location")).toBe(href.deskMessages());
  expect((await rows()).map(({ id }) => id)).toEqual(["m2", "m3"]);
  expect((await desk.see(action)).status).toBe(404);
});

test("an entry of changes is valid YAML, whatever the message contains", () => {
  const entry = changesEntry({ quote: "a: b\n#c", message: 'Should be "$x^2$", not {{y}}?\n- yes' }, "2026-12-03");
  expect(parse(entry)).toEqual({
    changes: [{ date: "2026-12-03", text: '“a: b #c”: Should be "$x^2$", not {{y}}? - yes', correction: true }],
  });
  expect(parse(changesEntry({ quote: null, message: "Typo" }, "2026-12-03")).changes[0].text).toBe("Typo");
});

test("an answer quotes the passage and the message, and cannot gain another recipient", () => {
  const link = answerLink({
    address: "a?cc=b@x.example",
    subject: "Your message & more",
    greeting: "Hello",
    quote: "q",
    message: `one\ntwo${"x".repeat(5000)}`,
  });
  const url = new URL(link);
  expect(url.pathname).toBe("a%3Fcc%3Db@x.example");
  expect([...url.searchParams.keys()]).toEqual(["subject", "body"]);
  expect(url.searchParams.get("subject")).toBe("Your message & more");
  const body = url.searchParams.get("body") ?? "";
  expect(body.startsWith("\r\nHello\r\n\r\n> “q”\r\n> \r\n> one\r\n> two")).toBe(true);
  expect(body.endsWith("x…")).toBe(true);
  expect(link.length).toBeLessThan(2000);
});

test("a passage is found by its ends, with the characters of a directive escaped", () => {
  expect(passageUrl("/tea/", { fragment: null, quote: null })).toBe("/tea/");
  expect(passageUrl("/tea/", { fragment: "eq.1", quote: null })).toBe("/tea/#eq.1");
  expect(passageUrl("/tea/", { fragment: null, quote: "well-known, and" })).toBe("/tea/#:~:text=well%2Dknown%2C%20and");
  expect(passageUrl("/tea/", { fragment: null, quote: "1 2 3 4 5 6 7 8 9 10 11 12" })).toBe(
    "/tea/#:~:text=1%202%203%204%205,8%209%2010%2011%2012",
  );
});
