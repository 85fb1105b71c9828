/** Tests real export formats of other services: which service it is, and each subscriber's state. */
import { expect, test } from "vitest";
import { readList } from "../../../src/cli/import-export/read-list.ts";
import { listFile } from "./author.ts";

const read = (name: string, consent?: string) => readList(`somewhere/${name}`, listFile(name), { consent });
const people = (name: string, consent?: string) =>
  [...read(name, consent).entries.values()].map(({ email, standing, agreedAt, endedAt }) =>
    [email, standing, agreedAt?.slice(0, 16) ?? null, endedAt?.slice(0, 16) ?? null].filter((part) => part !== null),
  );

test.each([
  ["mailchimp-subscribed.csv", "a Mailchimp export", "UTF-8, commas", 5],
  ["mailchimp-unsubscribed.csv", "a Mailchimp export", "UTF-8, commas", 2],
  ["mailchimp-cleaned.csv", "a Mailchimp export", "UTF-8, commas", 1],
  ["ghost.csv", "a Ghost export of members", "UTF-8, commas", 2],
  ["buttondown.csv", "a Buttondown export", "UTF-8, commas", 7],
  ["substack.csv", "a Substack export", "UTF-8, commas", 3],
  ["substack-dashboard.csv", "an export from Substack's dashboard", "UTF-8, commas", 2],
  ["excel-semicolons.csv", "a spreadsheet", "Windows-1252, semicolons", 4],
  ["excel-tabs.txt", "a spreadsheet", "UTF-16, tabs", 4],
  ["excel-bom.csv", "a spreadsheet", "UTF-8, semicolons", 4],
  ["plain.txt", "a plain list", "UTF-8", 3],
])("%s is %s", (name, title, form, rows) => {
  const list = read(name);
  expect([list.shape.title, list.form, list.rows]).toEqual([title, form, rows]);
});

test("Mailchimp: who confirmed is subscribed, who did not is not; the other two files say who left, complained and bounced", () => {
  expect(people("mailchimp-subscribed.csv")).toEqual([
    ["Ann@example.com", "subscribed", "2018-02-05T19:30"],
    ["bo@example.com", "subscribed", "2019-03-01T08:00"],
    ["cy@example.com", "unconfirmed"],
  ]);
  const list = read("mailchimp-subscribed.csv");
  expect([list.invalid, list.repeated]).toEqual([[{ line: 6, written: "not an address" }], [7]]);
  expect(people("mailchimp-unsubscribed.csv")).toEqual([
    ["eve@example.com", "unsubscribed", "2018-02-12T10:54", "2023-06-06T12:56"],
    ["finn@example.com", "complained", "2018-02-12T10:54", "2023-06-07T12:56"],
  ]);
  expect(people("mailchimp-cleaned.csv")).toEqual([
    ["gil@example.com", "bounced", "2018-02-05T19:28", "2020-03-23T17:30"],
  ]);
  const file = "nonsubscribed_members_export.csv";
  const others = readList(file, listFile("mailchimp-subscribed.csv"), {});
  expect([...others.entries.values()].map(({ standing }) => standing)).not.toContain("subscribed");
});

test("Ghost, Buttondown and Substack", () => {
  expect(people("ghost.csv")).toEqual([
    ["ann@example.com", "subscribed", "2024-01-15T10:00"],
    ["hal@example.com", "unsubscribed", "2024-02-15T10:00"],
  ]);
  expect(people("buttondown.csv").map(([email, standing, , ended]) => [email, standing, ended])).toEqual([
    ["ann@example.com", "subscribed", undefined],
    ["ida@example.com", "subscribed", undefined],
    ["jo@example.com", "unconfirmed", undefined],
    ["kim@example.com", "unsubscribed", "2025-01-02T03:04"],
    ["lea@example.com", "bounced", "2025-02-03T04:05"],
    ["max@example.com", "complained", undefined],
    ["ned@example.com", "unconfirmed", undefined],
  ]);
  const substack = [...read("substack.csv").entries.values()];
  expect(substack.map(({ email, standing, frequency }) => [email, standing, frequency])).toEqual([
    ["ann@example.com", "subscribed", "each"],
    ["ola@example.com", "subscribed", "weekly"],
    ["pia@example.com", "unsubscribed", "each"],
  ]);
  expect(people("substack-dashboard.csv").map(([email, standing]) => [email, standing])).toEqual([
    ["ann@example.com", "subscribed"],
    ["quy@example.com", "unsubscribed"],
  ]);
});

test.each(["excel-semicolons.csv", "excel-tabs.txt", "excel-bom.csv"])(
  "%s: Excel's file in whatever form; it proves no consent, and says who is out",
  (name) => {
    const shown = (consent?: string) => people(name, consent).map(([email, standing]) => [email, standing]);
    expect(shown("On paper")).toEqual([
      ["tea@example.com", "subscribed"],
      ["uwe@example.com", "unsubscribed"],
      ["vera@example.com", "bounced"],
    ]);
    expect(shown()[0]).toEqual(["tea@example.com", "unconfirmed"]);
    const firstLine = name === "excel-bom.csv" ? 3 : 2;
    expect(read(name).invalid).toEqual([{ line: firstLine, written: "jörg@example.com" }]);
    expect([...read(name).entries.values()].map(({ line }) => line - firstLine)).toEqual([1, 2, 3]);
  },
);

test("a plain list needs no header", () => {
  expect(people("plain.txt", "On paper")).toEqual([
    ["ann@example.com", "subscribed"],
    ["rae@example.com", "subscribed"],
  ]);
  expect(read("plain.txt").invalid).toEqual([{ line: 4, written: "sam@example" }]);
});

const refusal = (name: string, text: string, consent?: string): string => {
  try {
    readList(name, Buffer.from(text, "latin1"), { consent });
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

test.each([
  [
    "list.csv",
    "Name,Town\nAnn,Ulm\n",
    "This list has no column of email addresses. Its columns: `name`, `town`. Name the right column `email` in the header row.",
  ],
  ["list.csv", "\n\n", "list.csv is empty."],
  ["list.xlsx", "PK\u0003\u0004", "list.xlsx is not a CSV file. Save it as CSV first."],
  ["export.zip", "PK\u0003\u0004", "export.zip is not a CSV file. Unpack it first."],
  [
    "list.csv",
    'email,name\nann@example.com,"Ann\nbo@example.com,Bo\n',
    "The file is not valid CSV, up to line 3: a cell starts with a quotation mark that is never closed. Open the file in a spreadsheet and save it as CSV again.",
  ],
])("%s with %j is refused", (name, text, words) => {
  expect(refusal(name, text)).toBe(words);
});

test("consent is not claimed for a list that says itself who agreed", () => {
  expect(refusal("g.csv", "email,subscribed_to_emails\na@example.com,true\n", "On paper")).toBe(
    "g.csv is a Ghost export of members, which records consent itself: `--consent` is only for lists that do not.",
  );
});

const inText = (text: string) =>
  [...readList("list.csv", Buffer.from(text), {}).entries.values()].map(({ email, standing }) => [email, standing]);

test("a column without a name stands for none that is missing: numbers of rows say nothing about anybody", () => {
  const head = ",Email Address,MEMBER_RATING,OPTIN_TIME,CONFIRM_TIME";
  expect(inText(`${head}\n0,ann@example.com,2,2024-03-01 10:00:00,2024-03-01 10:05:00\n`)).toEqual([
    ["ann@example.com", "subscribed"],
  ]);
  expect(inText(",email\n0,ann@example.com\n1,bo@example.com\n")).toEqual([
    ["ann@example.com", "unconfirmed"],
    ["bo@example.com", "unconfirmed"],
  ]);
});

test("addresses of houses are not taken for those of mail", () => {
  const rows = "Ann,1 High Street,ann@example.com\nBo,2 High Street,bo@example.com\n";
  const both = [
    ["ann@example.com", "unconfirmed"],
    ["bo@example.com", "unconfirmed"],
  ];
  expect(inText(`Name,Address,E-Mail\n${rows}`)).toEqual(both);
  expect(inText(`Name,Address,Contact\n${rows}`)).toEqual(both);
});

test("an export that went through npm's own output still says who has left, and on which line", () => {
  const head = "email,state,requested_at,agreed_at,agreed_page,agreed_wording";
  const text = `\n> ml-blog@1.0.0 subscribers\n> node subscribers.ts export\n\n${head}\nann@example.com,unsubscribed,,,,\nbo@example.com,confirmed,,2024-01-01,/,x\n`;
  const list = readList("all.csv", Buffer.from(text), {});
  expect(list.shape.title).toBe("an export from this engine");
  expect([...list.entries.values()].map(({ email, standing, line }) => [email, standing, line])).toEqual([
    ["ann@example.com", "unsubscribed", 6],
    ["bo@example.com", "subscribed", 7],
  ]);
});
