/** Floods of mail and of records: whoever starts one, and with whichever link, it ends after a few. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { maxPerNetwork } from "../../src/newsletter/limits.ts";
import { href } from "../../src/routes.ts";
import { after, type House, openHouse, seen } from "./house.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house[Symbol.asyncDispose]());
beforeEach(() => {
  house.office.mails.length = 0;
});

test("a flood from one network is turned away with a page that says until when", async () => {
  const headers = { "cf-connecting-ip": "203.0.113.9" };
  for (let index = 0; index < maxPerNetwork; index += 1) {
    await house.subscribe(`flood${index}@example.org`, { headers });
  }
  const answer = await house.subscribe("one-more@example.org", { headers });
  expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, "43200"]);
  expect(house.office.mails).toHaveLength(maxPerNetwork);
  // An address that is known is turned away in the same words.
  await house.join("ada@example.org");
  expect(seen(await house.subscribe("ada@example.org", { headers }))).toEqual(seen(answer));
  const link = await house.post(href.preferencesLink(), { email: "ada@example.org" }, { headers });
  expect(link.status).toBe(429);
});

test("a flood to one mailbox from everywhere brings three mails", async () => {
  for (let index = 0; index < 10; index += 1) await house.subscribe(`vic.tim+${index}@gmail.com`);
  expect(house.office.mails).toHaveLength(3);
});

test("whoever got hold of somebody's own page cannot flood the mailbox behind it with notices", async () => {
  const eve = await house.join("flooded@example.org");
  const notes = [];
  for (let index = 0; index < 6; index += 1) {
    const answer = await house.post(eve.preferences, { act: "address", email: `mine${index}@example.org` });
    notes.push(answer.headers.get("location")?.split("=").at(-1));
  }
  expect(notes.slice(-4)).toEqual(Array(4).fill("too-many"));
  expect(house.office.mails.filter(({ to }) => to[0] === "flooded@example.org")).toHaveLength(2);
});

test("whoever got hold of a link to leave cannot flood a mailbox with goodbyes, nor the records", async () => {
  const { id, leave } = await house.join("in-and-out@example.org");
  const answers: number[] = [];
  for (let hour = 0; hour < 8; hour += 1) {
    const left = await house.post(leave, { by: "page" }, { now: after(hour) });
    const back = /action="(\/newsletter\/return\/[^"]+)"/.exec(left.body)?.[1] ?? "";
    answers.push(left.status, (await house.post(back, {}, { now: after(hour) })).status);
  }
  expect(answers.slice(-4)).toEqual([200, 429, 200, 429]);
  expect(house.office.mails.length).toBeLessThanOrEqual(2);
  expect(await house.rows(`SELECT COUNT(*) AS count FROM consents WHERE subscriber_id = '${id}'`)).toEqual([
    { count: 5 },
  ]);
  // Leaving is never turned away, and the next day it can be taken back again.
  const [row] = await house.rows<{ state: string }>(`SELECT state FROM subscribers WHERE id = '${id}'`);
  expect(row?.state).toBe("unsubscribed");
  const page = await house.world.get(leave, { now: after(24) });
  const back = /action="(\/newsletter\/return\/[^"]+)"/.exec(page.body)?.[1] ?? "";
  expect((await house.post(back, {}, { now: after(24) })).status).toBe(200);
});
