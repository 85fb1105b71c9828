/** Tests what an import asks before it subscribes people who may have unsubscribed, and what it reports as unreadable. */
import { expect, test } from "vitest";
import type { ListOptions } from "../../../src/cli/import-export/read-list.ts";
import { now, openAuthor } from "./author.ts";

const consent = "On paper";
/** The report, or the question asked instead. */
async function parsed(text: string, options: ListOptions = { consent }, name = "list.csv"): Promise<string> {
  using author = openAuthor();
  try {
    await author.takeIn(name, { text, ...options, confirm: async () => "no" });
    return author.heard.join("\n");
  } catch (error) {
    expect(await author.rows("SELECT id FROM subscribers")).toEqual([]);
    return error instanceof Error ? error.message : String(error);
  }
}

const codes = "email,Mail status,Unsubscribe flag\nann@example.com,A,P\nbo@example.com,B,Q\n";

test("columns called like a status that nobody understands stop the import, all in one question", async () => {
  const words = [
    "list.csv was not imported: it may record unsubscribes in a form that is not",
    "recognised.",
    "",
    "The column `Mail status` looks like a status, but its values are not known: `A`,",
    '`B`. Give the meaning of each value with `--column "Mail status: A=MEANING"`,',
    'separated by commas; with `--column "Mail status=MEANING"` if every non-empty',
    'cell means the same; or with `--column "Mail status=ignore"` if the column does',
    "not say who wants email.",
  ];
  expect((await parsed(codes)).split("\n").slice(0, words.length)).toEqual(words);
  expect(await parsed(codes)).toContain("The column `Unsubscribe flag` looks like a status");
  expect(await parsed(codes, {}), "also where nobody would be subscribed").toBe(await parsed(codes));
});

test.each([
  ["Mail status", "z"],
  ["unsub", "P"],
  ["Opt-out code", "7"],
  ["bounce_class", "Z"],
  ["blocked", "P"],
  ["Blacklist", "P"],
  ["suppressed", "P"],
  ["Kontostatus", "P"],
  ["do_not_disturb", "P"],
  ["DNC", "P"],
  ["isSubscribed", "P"],
  ["status", "2"],
  ["Bounces", "3"],
])("%s with %j is a question", async (name, cell) => {
  expect((await parsed(`email,${name}\nann@example.com,\nbo@example.com,${cell}\n`)).replace(/\s+/g, " ")).toContain(
    `The column \`${name}\` looks like a status, but its values are not known:`,
  );
});

test("a remark that mentions leaving is a question; a long text of consent is none", async () => {
  const text =
    'email,notes\nann@example.com,met at the lecture\nbo@example.com,"has asked to be unsubscribed, by phone"\n';
  const asked = await parsed(text);
  expect(asked.replace(/\s+/g, " ")).toContain(
    'The column `notes` contains words for the end of a subscription: `has asked to be unsubscribed, by phone`. If these people do not want email, use `--column "notes: has asked to be unsubscribed, by phone=unsubscribed"`; if the column does not say who wants email, use `--column "notes=ignore"`.',
  );
  const answered = await parsed(text, {
    consent,
    columns: ["notes: has asked to be unsubscribed, by phone=unsubscribed"],
  });
  expect(answered).toContain("  1  new, unsubscribed there");
  expect(answered).toContain("  1  new: will get chapters published");
  const wording = "I want to get the newsletter by email, and know that I can be unsubscribed whenever I like.";
  expect(await parsed(`email,agreed to\nann@example.com,"${wording}"\n`)).toContain(
    "  1  new: will get chapters published",
  );
});

test("answers: by word, by column, and that a column is about something else", async () => {
  const lines = (report: string) => report.split("\n").filter((line) => /^ +\d/.test(line));
  const subscribed = expect.stringContaining("new: will get chapters published");
  const ignoreFlag = "Unsubscribe flag=ignore";
  expect(
    lines(await parsed(codes, { consent, columns: ["mail STATUS: a=subscribed, B = bounced", ignoreFlag] })),
  ).toEqual([subscribed, "  1  new, bounced there: kept as suppressed, never emailed"]);
  expect(
    lines(
      await parsed(codes, {
        consent,
        columns: ["Mail status: A=subscribed", "Mail status: B=unsubscribed", ignoreFlag],
      }),
    ),
  ).toEqual([subscribed, "  1  new, unsubscribed there: kept as unsubscribed, never emailed"]);
  expect(
    lines(await parsed(codes, { consent, columns: ["Mail status=ignore", "Unsubscribe flag=unsubscribed"] })),
  ).toEqual(["  2  new, unsubscribed there: kept as unsubscribed, never emailed"]);
  expect(await parsed(codes, { consent, columns: ["Status=ignore"] })).toBe(
    '`--column "Status=ignore"` must start with the name of a column in this list, followed by `=` or `:`. Its columns: `email`, `Mail status`, `Unsubscribe flag`.',
  );
  expect(await parsed(codes, { consent, columns: ["Mail status=gone"] })).toBe(
    '`--column "Mail status=gone"` is not valid. Write `--column "COLUMN: VALUE=MEANING, VALUE=MEANING"` or `--column "COLUMN=MEANING"`; a meaning is one of `ignore`, `subscribed`, `unconfirmed`, `unsubscribed`, `bounced`, `complained`.',
  );
});

test("one word that is not known among others is named, and who has it is not mailed", async () => {
  const text = "email,status\nann@example.com,active\nbo@example.com,Weg\ncy@example.com,weg\n";
  const report = await parsed(text);
  expect(report).toContain("  2  not confirmed there: skipped, not emailed; they can use the form");
  expect(report.split("\n\n").at(-1)).toBe(
    [
      "`Weg` in the column `status` is not a known status (lines 3, 4); it counts as",
      'not confirmed. To give its meaning: `--column "status: Weg=MEANING"`; `--help`',
      "lists the meanings.",
    ].join("\n"),
  );
  expect(await parsed(text, { consent, columns: ["status: Weg=unsubscribed"] })).toContain(
    "  2  new, unsubscribed there",
  );
  expect(await parsed("email,subscriber_type,creation_date\nann@example.com,neu,2024-01-15\n", {})).toContain(
    "The column `subscriber_type` looks like a status, but its values are not known:\n`neu`.",
  );
});

test("a file whose name alone says that its people are out", async () => {
  const text = "Email Address,Date\nann@example.com,2024-01-15\n";
  expect(await parsed(text, { consent }, "Unsubscribed subscribers.csv")).toBe(
    [
      "Unsubscribed subscribers.csv was not imported: its name suggests that these",
      "people have unsubscribed, but no column says so. If they have, add",
      "`--everybody unsubscribed`; if they all want email, add",
      "`--everybody subscribed`.",
    ].join("\n"),
  );
  expect(await parsed(text, { everybody: "bounced" }, "bounces.csv")).toContain("  1  new, bounced there");
  expect(await parsed(text, { consent, everybody: "subscribed" }, "suppressed.csv")).toContain("  1  new: will get");
});

const subscribers = "SELECT requested_at AS asked, left_at AS left FROM subscribers ORDER BY address_key";

test("a date that cannot be read is reported by line, and not replaced in silence", async () => {
  using author = openAuthor();
  const mailchimp = `Email Address,OPTIN_TIME,CONFIRM_TIME,LEID\nann@example.com,2/5/2018 19:28,2/5/2018 19:30,1\n`;
  await author.takeIn("members.csv", { text: mailchimp });
  expect(author.heard[0]?.split("\n\n").at(-1)).toBe(
    "1 date could not be read (line 2: `2/5/2018 19:30`): the time of the import is\nrecorded instead.",
  );
  expect(await author.rows(subscribers)).toEqual([{ asked: now, left: null }]);
  const both = `${mailchimp}bo@example.com,2018-02-05 19:28:23,2/5/2018 19:30,2\nnobody,1/2/2018,1/2/2018,3\n`;
  expect((await parsed(both, {})).split("\n\n").slice(-2)).toEqual([
    "1 date could not be read (line 2: `2/5/2018 19:30`): the time of the import is\nrecorded instead.",
    "1 date could not be read (line 3: `2/5/2018 19:30`): another date of the same\nrow is recorded instead.",
  ]);
  const left = "email,status,unsubscribed_at\nlea@example.com,unsubscribed,yesterday\n";
  expect(await parsed(left)).toContain("1 date could not be read (line 2: `yesterday`): the time of the import");
  const decided = `${mailchimp}bo@example.com,2/15/2018 19:28,2/15/2018 19:30,2\n`;
  expect(await parsed(decided, {})).not.toContain("could not be read");
});

test("a pause in our own list that cannot be read is no reason to mail somebody", async () => {
  const text = `email,state,requested_at,agreed_at,agreed_wording,paused_until\nann@example.com,confirmed,,2024-01-01,x,2/5/2026\n`;
  expect(await parsed(text, {})).toBe(
    "`paused_until` has an ambiguous or invalid date: `2/5/2026`. Write it as 2026-04-01 in the file.",
  );
});

test("what is no address is shown with what cannot be seen in it", async () => {
  expect(await parsed("email\na\u200bnn@example.com\n")).toContain("    line 2: `a<U+200B>nn@example.com`");
});
