/** Checks that the page about what we measure is true of this library. */
import { expect, test } from "vitest";
import { href } from "../../src/routes.ts";
import { openReadingWorld } from "./reading-world.ts";

const newsletter = { MAIL_FROM: "letters@library.example", RESEND_API_KEY: "re_test" };
const keys = { TOKEN_KEYS: `k1:${"a".repeat(40)}` };

test("every page leads there, and it is a page like any other", async () => {
  await using reading = await openReadingWorld();
  for (const path of ["/", "/tea/cooling", "/about"]) {
    expect((await reading.open(path)).body).toContain(`<a href="${href.counting()}">no tracking</a>`);
  }
  const page = await reading.open(href.counting());
  expect([page.status, page.headers.get("Cache-Control")]).toEqual([200, "public, max-age=0, must-revalidate"]);
  expect(page.operations).toMatchObject({ kvReads: 0, d1Queries: 0 });
  expect(page.body).toContain("Do Not Track");
  expect((await reading.open("/about/counting/")).headers.get("Location")).toBe(href.counting());
  expect(await reading.numbers()).toEqual({ "/ view": 1, "tea/cooling view": 1 });
});

test("it says what a reader who is alone leaves behind, and for how long", async () => {
  await using reading = await openReadingWorld(keys);
  const text = (await reading.open(href.counting())).body.replace(/\s+/g, " ");
  expect(text).not.toContain("nothing that could tell one reader from another");
  for (const words of [
    "If you are the only person who opens a chapter on a day, the numbers for that day describe your visit",
    "if you are its only reader in that time, the row describes your visit",
    "Once an hour, these rows are added to the daily totals and deleted.",
    "Our backups contain only the totals.",
    "the last 30 days",
    "Backups made before an answer was deleted still contain it.",
  ]) {
    expect(text).toContain(words);
  }
});

test.each([
  ["neither newsletter nor keys", {}, [], ["Email</h2>", "Was this clear?", "Searches without results"]],
  [
    "keys alone",
    keys,
    [
      "Was this clear?",
      "Searches without results</h2>",
      "at most four words of a search, and no formulas",
      "which of 16 groups",
      "stored only after searches from three of these groups",
      "deleted at the end of the following month, and our backups do not contain it",
      "You can opt out as you can of being counted as a view.",
    ],
    ["Email</h2>"],
  ],
  [
    "a newsletter",
    { ...keys, ...newsletter },
    ["We do not track email opens", "Links in emails are plain links"],
    ["from=newsletter"],
  ],
  [
    "clicks counted",
    { ...keys, ...newsletter, COUNT_MAIL_CLICKS: "yes" },
    ["from=newsletter", "not whose"],
    ["plain links"],
  ],
])("with %s", async (_, settings, says, doesNotSay) => {
  await using reading = await openReadingWorld(settings as Record<string, string>);
  const text = (await reading.open(href.counting())).body.replace(/\s+/g, " ");
  for (const words of says) expect(text).toContain(words);
  for (const words of doesNotSay) expect(text).not.toContain(words);
});
