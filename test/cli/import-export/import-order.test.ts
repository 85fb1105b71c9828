/** Tests lists of two services that disagree about an address: the more cautious entry counts, in either order. */
import { expect, test } from "vitest";
import { now, openAuthor } from "./author.ts";

const all = `email,name\n${["ann", "left", "bounced", "spam"].map((name) => `${name}@example.com,${name}`).join("\n")}\n`;
const ends = [
  "email,status,unsubscribed_at",
  "left@example.com,unsubscribed,2025-03-01 08:00:00",
  "spam@example.com,complained,",
  "bounced@example.com,bounced,2025-05-01 08:00:00",
].join("\n");
const consent = "Agreed at the old place";
const states = "SELECT email, state, suppression_reason AS reason FROM subscribers ORDER BY address_key";
const asItIs = [
  { email: "ann@example.com", state: "confirmed", reason: null },
  { email: "bounced@example.com", state: "suppressed", reason: "bounce" },
  { email: "left@example.com", state: "unsubscribed", reason: null },
  { email: "spam@example.com", state: "suppressed", reason: "complaint" },
];

test("everybody first, then those who are out; or the other way round", async () => {
  using forwards = openAuthor();
  expect(await forwards.takeIn("all.csv", { text: all, consent })).toBe(
    "Imported: 4. Verified: everyone is on record.",
  );
  expect(await forwards.takeIn("out.csv", { text: ends })).toBe("Imported: 3. Verified: everyone is on record.");
  expect(forwards.heard.at(-1)?.split("\n\n")[1]).toBe(
    [
      "  1  unsubscribed there, and subscribed here only by an import: unsubscribed",
      "     here too",
      "  1  bounced there, and subscribed here only by an import: suppressed here too",
      "  1  complained there, and subscribed here only by an import: suppressed here",
      "     too",
    ].join("\n"),
  );
  expect(await forwards.rows(states)).toEqual(asItIs);
  expect(
    await forwards.rows(
      "SELECT act, at, page FROM consents c JOIN subscribers s ON s.id = c.subscriber_id WHERE s.email LIKE 'left%' ORDER BY c.id",
    ),
  ).toEqual([
    { act: "confirmed", at: now, page: "import:list" },
    { act: "left", at: "2025-03-01T08:00:00.000Z", page: "import:list" },
  ]);
  expect(await forwards.takeIn("out.csv", { text: ends })).toBe("Nothing to import.");
  expect(await forwards.takeIn("all.csv", { text: all, consent })).toBe("Nothing to import.");
  expect(await forwards.rows(states)).toEqual(asItIs);

  using backwards = openAuthor();
  await backwards.takeIn("out.csv", { text: ends });
  await backwards.takeIn("all.csv", { text: all, consent });
  expect(await backwards.rows(states)).toEqual(asItIs);
});

test.each([
  [["unsubscribed", "bounced", "complained"]],
  [["unsubscribed", "complained", "bounced"]],
  [["bounced", "unsubscribed", "complained"]],
  [["bounced", "complained", "unsubscribed"]],
  [["complained", "unsubscribed", "bounced"]],
  [["complained", "bounced", "unsubscribed"]],
])("three services, in the order %j", async (order) => {
  using author = openAuthor();
  for (const status of order) {
    await author.takeIn(`${status}.csv`, { text: `email,status\nann@example.com,${status}\n` });
  }
  expect(await author.rows(states)).toEqual([{ email: "ann@example.com", state: "suppressed", reason: "complaint" }]);
});

/** Records an action on this library by an imported subscriber. */
const here = (name: string, act: string, page: string): string =>
  `INSERT INTO consents (subscriber_id, at, act, page, wording)
    SELECT id, '2026-02-01T00:00:00.000Z', '${act}', '${page}', '' FROM subscribers WHERE email = '${name}@example.com'`;

test("who confirmed here themselves stays subscribed, and the report says so; a form that anybody can fill in proves nothing", async () => {
  using author = openAuthor();
  await author.takeIn("all.csv", { text: all, consent });
  author.database.write(here("left", "returned", "/newsletter/return"));
  author.database.write(here("bounced", "confirmed", "/newsletter/confirm"));
  author.database.write(here("spam", "requested", "/newsletter"));
  expect(await author.takeIn("out.csv", { text: ends })).toBe("Imported: 1. Verified: everyone is on record.");
  expect(author.heard.at(-1)).toContain(
    "  2  unsubscribed, bounced or complained there, but subscribed here themselves:\n     stay subscribed",
  );
  expect(await author.rows(states)).toEqual([
    { email: "ann@example.com", state: "confirmed", reason: null },
    { email: "bounced@example.com", state: "confirmed", reason: null },
    { email: "left@example.com", state: "confirmed", reason: null },
    { email: "spam@example.com", state: "suppressed", reason: "complaint" },
  ]);
});

test("who confirms here while the author thinks about it stays", async () => {
  using author = openAuthor();
  await author.takeIn("all.csv", { text: all, consent });
  await author.takeIn("out.csv", {
    text: ends,
    confirm: async () => {
      author.database.write(here("left", "confirmed", "/newsletter/confirm"));
      return "yes";
    },
  });
  expect((await author.rows(states))[2]).toEqual({ email: "left@example.com", state: "confirmed", reason: null });
});

test("who unsubscribed here themselves is not suppressed by a complaint elsewhere: they may come back", async () => {
  using author = openAuthor();
  await author.takeIn("all.csv", { text: all, consent });
  author.database.write(here("spam", "left", "mail"));
  author.database.write("UPDATE subscribers SET state = 'unsubscribed' WHERE email = 'spam@example.com'");
  await author.takeIn("out.csv", { text: ends });
  expect((await author.rows(states))[3]).toEqual({ email: "spam@example.com", state: "unsubscribed", reason: null });
});
