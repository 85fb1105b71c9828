/** Tests imports: the summary before, the rows written, the subscribers left unchanged, and that repeating one is safe. */
import { expect, test } from "vitest";
import type { Write } from "../../../src/cli/wrangler/d1-execute.ts";
import { suppressionHash } from "../../../src/subscribers/suppression-hash.ts";
import { key, now, openAuthor, settled } from "./author.ts";

const everybody =
  "SELECT email, state, requested_at AS asked, confirmed_at AS confirmed, left_at AS left, suppression_reason AS reason FROM subscribers ORDER BY address_key";

test("first it says what it would do, and without a yes nothing is written", async () => {
  using author = openAuthor();
  const last = await author.takeIn("mailchimp-subscribed.csv", { confirm: async () => "unasked" });
  expect([...author.heard, last]).toEqual([
    [
      "mailchimp-subscribed.csv is a Mailchimp export (UTF-8, commas) with 5 rows.",
      "",
      "  2  new: will get chapters published from 2026-03-01 12:10 UTC; nothing older,",
      "     no welcome email",
      "  1  not confirmed there: skipped, not emailed; they can use the form",
      "  1  duplicate rows (the most cautious one counts): line 7",
      "  1  not an email address: skipped",
      "    line 6: `not an address`",
    ].join("\n"),
    "Nothing was imported: there is no terminal to confirm in. To proceed, add `--yes`.",
  ]);
  expect(await author.rows(everybody)).toEqual([]);
  expect(await author.takeIn("mailchimp-subscribed.csv", { confirm: async () => "no" })).toBe("Nothing was imported.");
});

test("what they agreed to is on record, and who left or bounced there is here only as such", async () => {
  using author = openAuthor();
  expect(await author.takeIn("mailchimp-subscribed.csv")).toBe("Imported: 2. Verified: everyone is on record.");
  await author.takeIn("mailchimp-unsubscribed.csv");
  await author.takeIn("mailchimp-cleaned.csv");
  expect(await author.rows(everybody)).toEqual([
    {
      email: "Ann@example.com",
      state: "confirmed",
      asked: "2018-02-05T19:28:23.000Z",
      confirmed: settled,
      left: null,
      reason: null,
    },
    {
      email: "bo@example.com",
      state: "confirmed",
      asked: "2019-03-01T08:00:00.000Z",
      confirmed: settled,
      left: null,
      reason: null,
    },
    {
      email: "eve@example.com",
      state: "unsubscribed",
      asked: "2018-02-12T10:54:27.000Z",
      confirmed: null,
      left: "2023-06-06T12:56:15.000Z",
      reason: null,
    },
    {
      email: "finn@example.com",
      state: "suppressed",
      asked: "2018-02-12T10:54:27.000Z",
      confirmed: null,
      left: null,
      reason: "complaint",
    },
    {
      email: "gil@example.com",
      state: "suppressed",
      asked: "2018-02-05T19:28:23.000Z",
      confirmed: null,
      left: null,
      reason: "bounce",
    },
  ]);
  const agreed = await author.rows(
    "SELECT s.email, c.act, c.at, c.page, c.wording FROM consents c JOIN subscribers s ON s.id = c.subscriber_id ORDER BY s.address_key, c.id",
  );
  const words = "Subscribed through Mailchimp; imported when the newsletter moved here";
  expect(agreed[0]).toEqual({
    email: "Ann@example.com",
    act: "confirmed",
    at: "2018-02-05T19:30:00.000Z",
    page: "import:mailchimp",
    wording: words,
  });
  expect(agreed.filter(({ email }) => email === "eve@example.com").map(({ act, at }) => [act, at])).toEqual([
    ["confirmed", "2018-02-12T10:54:27.000Z"],
    ["left", "2023-06-06T12:56:15.000Z"],
  ]);
  const secrets = await author.rows("SELECT DISTINCT leave_key FROM subscribers");
  expect([secrets.length, secrets.every((row) => /^[0-9a-f]{32}$/.test(String(row.leave_key)))]).toEqual([5, true]);
  expect(await author.rows("SELECT id FROM letters")).toEqual([]);
});

test("a second time nothing is changed; what broke off in the middle is completed", async () => {
  using author = openAuthor();
  const text = `email\n${Array.from({ length: 1000 }, (_, index) => `r${index}@example.com`).join("\n")}\n`;
  let files = 0;
  const breaking: Write = async (statements) => {
    files += 1;
    if (files === 2) throw new Error("The lid was closed.");
    await author.database.execute(["BEGIN", ...statements, "COMMIT"]);
  };
  const list = { text, consent: "Signed up on paper; at the lecture -- really /* yes */" };
  await expect(author.takeIn("big.csv", { ...list, write: breaking, peopleAtOnce: 300 })).rejects.toThrow(
    "The lid was closed.",
  );
  const [{ count: part } = { count: 0 }] = await author.rows("SELECT COUNT(*) AS count FROM subscribers");
  expect(Number(part) >= 300 && Number(part) < 1000).toBe(true);
  await author.takeIn("big.csv", list);
  const whole = await author.rows(
    "SELECT COUNT(*) AS people, (SELECT COUNT(*) FROM consents) AS consents, (SELECT MIN(wording) FROM consents) AS words FROM subscribers",
  );
  expect(whole).toEqual([{ people: 1000, consents: 1000, words: list.consent }]);
  const before = await author.rows("SELECT * FROM subscribers ORDER BY id");
  expect(await author.takeIn("big.csv", list)).toBe("Nothing to import.");
  expect(await author.rows("SELECT * FROM subscribers ORDER BY id")).toEqual(before);
});

const here = (email: string, state: string, more = "") =>
  `INSERT INTO subscribers (id, email, address_key, state, leave_key, requested_at, confirmed_at) VALUES
    ('${email}', '${email}', '${email}', '${state}', 'k', '2020-01-01T00:00:00.000Z', '2020-01-01T00:00:00.000Z');${more}`;

test("nobody is made more subscribed than they are here; who left there after they came, leaves", async () => {
  using author = openAuthor();
  for (const [email, state] of [
    ["ann@example.com", "unsubscribed"],
    ["bo@example.com", "suppressed"],
    ["cy@example.com", "pending"],
    ["eve@example.com", "confirmed"],
    ["gil@example.com", "confirmed"],
  ] as const)
    author.database.write(here(email, state));
  for (const name of ["mailchimp-subscribed.csv", "mailchimp-unsubscribed.csv", "mailchimp-cleaned.csv"])
    await author.takeIn(name);
  const states = await author.rows("SELECT email, state FROM subscribers ORDER BY address_key");
  expect(states).toEqual([
    { email: "ann@example.com", state: "unsubscribed" },
    { email: "bo@example.com", state: "suppressed" },
    { email: "cy@example.com", state: "pending" },
    { email: "eve@example.com", state: "unsubscribed" },
    { email: "finn@example.com", state: "suppressed" },
    { email: "gil@example.com", state: "confirmed" },
  ]);
  expect(author.heard.join("\n")).toContain(
    "  1  unsubscribed here: stay unsubscribed\n  1  suppressed or erased here: skipped",
  );
  expect(await author.rows("SELECT act, at FROM consents WHERE subscriber_id = 'eve@example.com'")).toEqual([
    { act: "left", at: "2023-06-06T12:56:15.000Z" },
  ]);
});

test("who had everything erased does not come back, not even when that happens at the same moment", async () => {
  using author = openAuthor();
  const hash = await suppressionHash("ann@example.com", key);
  const erase = `INSERT INTO suppressions (address_hash, reason, at) VALUES ('${hash}', 'erased', '${now}')`;
  const meanwhile = await author.takeIn("ghost.csv", {
    confirm: async () => {
      author.database.write(erase);
      return "yes";
    },
  });
  expect(meanwhile).toBe("Imported: 1. 1 was erased in the meantime and skipped.");
  await author.takeIn("substack.csv");
  expect(author.heard.slice(-2)).toEqual([
    expect.stringContaining("  1  suppressed or erased here: skipped"),
    "Checked against 1 erased or suppressed addresses using the key from the test;\nthis works only if it is the key that the library on this machine signs with.",
  ]);
  expect((await author.rows("SELECT email FROM subscribers ORDER BY 1")).map(({ email }) => email)).toEqual([
    "hal@example.com",
    "ola@example.com",
    "pia@example.com",
  ]);
  const noKey = { keyRing: { keys: [], from: "" }, target: "remote" } as const;
  await expect(author.takeIn("substack.csv", noKey)).rejects.toThrow(
    "TOKEN_KEYS is needed: 1 erased or suppressed addresses are on record as keyed hashes and must not be re-imported. Cloudflare cannot show a secret",
  );
});

test("without a key nothing is written if somebody is erased meanwhile", async () => {
  using author = openAuthor();
  const parsed = await author.takeIn("ghost.csv", {
    keyRing: { keys: [], from: "" },
    confirm: async () => {
      author.database.write("INSERT INTO suppressions (address_hash, reason, at) VALUES ('h', 'erased', '')");
      return "yes";
    },
  });
  expect(parsed).toContain("Imported: 0.");
  expect(await author.rows("SELECT id FROM subscribers")).toEqual([]);
});

test("chapters that wait to be mailed are old to those who come now", async () => {
  using author = openAuthor();
  author.database.write(`INSERT INTO publications (chapter_id, published_at, recorded_at, announced_at, edition_id) VALUES
    ('tea/waiting', '', '', '2026-03-01T11:59:00.000Z', NULL), ('tea/sent', '', '', '2026-02-01', 'each_tea_sent'), ('tea/old', '', '', NULL, NULL)`);
  await author.takeIn("mailchimp-subscribed.csv");
  expect(
    await author.rows("SELECT chapter_id, state, reason, COUNT(*) AS count FROM deliveries GROUP BY 1, 2, 3"),
  ).toEqual([{ chapter_id: "tea/waiting", state: "skipped", reason: "published before the import", count: 2 }]);
});

test("a list that proves no consent brings nobody in, until the author says how they agreed", async () => {
  using author = openAuthor();
  expect(await author.takeIn("plain.txt")).toBe("Nothing to import.");
  expect(author.heard[0]?.split("\n\n").at(-1)).toBe(
    [
      "The list does not record consent, so no one on it will be subscribed. If they",
      "did consent, say where and how:",
      '`--consent "Signed up on paper at the spring lecture, 2026-03-01"`. This is',
      "recorded for each of them.",
    ].join("\n"),
  );
  await author.takeIn("plain.txt", { consent: "On paper, at the lecture" });
  expect(await author.rows("SELECT page, wording, at FROM consents")).toEqual(
    Array.from({ length: 2 }, () => ({ page: "import:list", wording: "On paper, at the lecture", at: now })),
  );
});
