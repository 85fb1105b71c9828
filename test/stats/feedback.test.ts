/** Checks "Was this clear?": what is stored of an answer, for which pages, and the rate limit. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { href } from "../../src/routes.ts";
import { maxPerNetwork } from "../../src/stats/feedback.ts";
import { present } from "../world.ts";
import { openReadingWorld, type ReadingWorld } from "./reading-world.ts";

let reading: ReadingWorld;
beforeAll(async () => {
  reading = await openReadingWorld();
});
afterAll(() => reading[Symbol.asyncDispose]());
beforeEach(async () => {
  await (await reading.world.database()).prepare("DELETE FROM feedback").run();
});

let visitors = 0;
function answer(fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) {
  visitors += 1;
  return reading.world.get(href.feedback(), {
    method: "POST",
    body: new URLSearchParams({ page: "/tea/cooling", website: "", words: "", ...fields }).toString(),
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "cf-connecting-ip": `10.9.${visitors}.1`,
      Origin: "https://library.example",
      ...headers,
    },
  });
}
const kept = () => reading.rows("SELECT page, at, clear, words, settled_at FROM feedback");

test("each chapter and overview asks, before its apparatus and the way on; other pages do not", async () => {
  const { body } = await reading.open("/tea/cooling");
  expect(body.indexOf("Was this clear?")).toBeGreaterThan(body.indexOf("You pour, and wait."));
  expect(body.indexOf("Was this clear?")).toBeLessThan(body.indexOf('class="apparatus"'));
  expect((await reading.open("/tea/")).body).toContain('name="page" value="/tea/"');
  for (const path of ["/", "/about"]) expect((await reading.open(path)).body).not.toContain("Was this clear?");
});

test("a yes or a no is kept with its page and time, and leads back to the text, to a word of thanks", async () => {
  const yes = await answer({ clear: "yes" });
  expect([yes.status, yes.headers.get("Location")]).toEqual([303, "/tea/cooling#page.thank-you"]);
  expect((await reading.open("/tea/cooling")).body).toContain('id="page.thank-you"');
  const no = await answer({ clear: "no", page: "/tea/", words: "  Which\tleaves?\r\nGreen   ones? " });
  expect([no.status, no.headers.get("Location")]).toEqual([303, "/tea/#page.thank-you"]);
  expect(await kept()).toEqual([
    { page: "tea/cooling", at: present, clear: 1, words: null, settled_at: null },
    { page: "tea/", at: present, clear: 0, words: "Which leaves? Green ones?", settled_at: null },
  ]);
});

test.each([
  ["controls and escape codes", "a\u0000b\u001b[31mc\u009f", "a b [31mc"],
  ["what turns the direction of the writing", "abc\u202edef\u2066ghi", "abcdefghi"],
  ["letters that nobody sees", "a\u200b\ufeffb", "ab"],
  ["half a character", "a\ud83d", "a\ufffd"],
  ["only blanks", " \n\t\u2028 ", null],
  ["markup, which stays text", "<b>&amp;</b>", "<b>&amp;</b>"],
  ["a formula of a spreadsheet", "=1+1", "=1+1"],
])("a line loses %s", async (_, words, line) => {
  await answer({ clear: "no", words });
  expect(await kept()).toMatchObject([{ words: line }]);
});

test("a line ends after three hundred characters, between two of them", async () => {
  await answer({ clear: "no", words: "🍵".repeat(400) });
  const [row] = await reading.rows<{ words: string }>("SELECT words FROM feedback");
  expect(row?.words).toBe("🍵".repeat(300));
});

test.each([
  ["neither yes nor no", { clear: "perhaps" }, {}, 422, "Yes or no?"],
  ["nothing at all", {}, {}, 422, "Yes or no?"],
  ["about a draft", { clear: "yes", page: "/tea/gongfu" }, {}, 422, "Yes or no?"],
  ["about an address elsewhere", { clear: "yes", page: "https://evil.example/" }, {}, 422, "Yes or no?"],
  ["from another site", { clear: "yes" }, { Origin: "https://evil.example" }, 403, "Request blocked"],
  [
    "from another site, as the browser says",
    { clear: "yes" },
    { "Sec-Fetch-Site": "cross-site" },
    403,
    "Request blocked",
  ],
  ["larger than the form", { clear: "yes", words: "x".repeat(9000) }, {}, 413, "Too large"],
  ["no form", {}, { "content-type": "text/plain" }, 422, "Yes or no?"],
])(
  "an answer that is %s is refused, with the reason, and nothing is kept",
  async (_, fields, headers, status, title) => {
    const refused = await answer(fields as Record<string, string>, headers as Record<string, string>);
    expect(refused.status).toBe(status);
    expect(refused.body).toContain(`<h1>${title}</h1>`);
    expect(refused.headers.get("Cache-Control")).toBe("no-store");
    expect(await kept()).toEqual([]);
  },
);

test("a program that fills in everything is thanked, and nothing is kept", async () => {
  const thanked = await answer({ clear: "yes", words: "Buy tea", website: "https://spam.example" });
  expect([thanked.status, thanked.headers.get("Location")]).toEqual([303, "/tea/cooling#page.thank-you"]);
  expect(await kept()).toEqual([]);
});

test("a flood from one network ends after so many a day, and others are still heard", async () => {
  const network = { "cf-connecting-ip": "203.0.113.5" };
  for (let index = 0; index < maxPerNetwork; index += 1) await answer({ clear: "no" }, network);
  const refused = await answer({ clear: "no" }, { "cf-connecting-ip": "203.0.113.99" });
  expect([refused.status, refused.headers.get("Retry-After")]).toEqual([429, "86400"]);
  expect(refused.body).toContain("<h1>Limit reached</h1>");
  expect((await answer({ clear: "no" })).status).toBe(303);
  expect(await kept()).toHaveLength(maxPerNetwork + 1);
  expect(JSON.stringify(await reading.rows("SELECT * FROM limits"))).not.toContain("203.0.113");
});

test("in all tables there is nothing of who answered", async () => {
  await answer({ clear: "no", words: "Hello" }, { "User-Agent": "Peculiar/7", "cf-connecting-ip": "192.0.2.200" });
  expect(Object.keys((await reading.rows("SELECT * FROM feedback"))[0] ?? {})).toEqual([
    "id",
    "page",
    "at",
    "clear",
    "words",
    "settled_at",
  ]);
  expect(JSON.stringify([await kept(), await reading.rows("SELECT * FROM limits")])).not.toMatch(/Peculiar|192\.0\.2/);
});

test("who looks where the form was sent is led home", async () => {
  const look = await reading.open(href.feedback());
  expect([look.status, look.headers.get("Location")]).toEqual([302, "/"]);
});

test("without keys chapters do not ask, and the address takes nothing", async () => {
  await using silent = await openReadingWorld({});
  expect((await silent.open("/tea/cooling")).body).not.toContain("Was this clear?");
  const body = new URLSearchParams({ page: "/tea/cooling", clear: "yes" }).toString();
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  expect((await silent.world.get(href.feedback(), { method: "POST", body, headers })).status).toBe(405);
  expect(await silent.rows("SELECT * FROM feedback")).toEqual([]);
});
