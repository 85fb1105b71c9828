/**
 * Checks what a setting with a mailbox may contain, with a parser that is not ours: the header always has exactly one
 * mailbox.
 */
import fc from "fast-check";
import { addressParser } from "postal-mime";
import { expect, test } from "vitest";
import { formatMailbox, parseMailbox } from "../../src/library/mailbox.ts";

const example = "Library <letters@example.org>";
const onTheWire = (text: string): string | undefined => {
  const result = parseMailbox(text, example);
  return result.kind === "mailbox" ? formatMailbox(result.mailbox) : undefined;
};
const problemOf = (text: string): string | undefined => {
  const result = parseMailbox(text, example);
  return result.kind === "invalid" ? result.problem : undefined;
};

test.each([
  ["letters@example.org", "letters@example.org"],
  ["<letters@example.org>", "letters@example.org"],
  ["letters@localhost", "letters@localhost"],
  ["Library <letters@example.org>", "Library <letters@example.org>"],
  ["  The   Library<letters@example.org> ", "The Library <letters@example.org>"],
  ["O'Brien & Sons <o'brien+a@Example.org>", "O'Brien & Sons <o'brien+a@Example.org>"],
  ["Bücherei <l@example.org>", "Bücherei <l@example.org>"],
  ["図書館 <l@example.org>", "図書館 <l@example.org>"],
  // Characters that separate or comment without quotation marks.
  ["Smith, Jane <l@example.org>", '"Smith, Jane" <l@example.org>'],
  ["Team: Jane <l@example.org>", '"Team: Jane" <l@example.org>'],
  ["Jane; Bob <l@example.org>", '"Jane; Bob" <l@example.org>'],
  ["Jane (letters) <l@example.org>", '"Jane (letters)" <l@example.org>'],
  ["Jane (letters <l@example.org>", '"Jane (letters" <l@example.org>'],
  ["Jane [x] <l@example.org>", '"Jane [x]" <l@example.org>'],
  ["Dr. Jane <l@example.org>", '"Dr. Jane" <l@example.org>'],
  ["A\\B <l@example.org>", '"A\\\\B" <l@example.org>'],
  ["Bücher, neu <l@example.org>", '"Bücher, neu" <l@example.org>'],
  ['"Smith, Jane" <l@example.org>', '"Smith, Jane" <l@example.org>'],
  ['"Smith" <l@example.org>', "Smith <l@example.org>"],
  ['"a \\"b\\" <c>" <l@example.org>', '"a \\"b\\" <c>" <l@example.org>'],
  ['"" <l@example.org>', "l@example.org"],
  ["Tea <l@bücher.example>", "Tea <l@xn--bcher-kva.example>"],
])("%s is %s", (text, wire) => {
  expect(onTheWire(text)).toBe(wire);
});

const form = `must be like ${example}`;
test.each([
  ["", form],
  ["Tea", form],
  ["@example.org", form],
  ["letters@", form],
  ["letters@example..org", form],
  ["letters@-example.org", form],
  ["letters@example.org.", form],
  ["letters@192.0.2.1", form],
  ["letters@[192.0.2.1]", form],
  ["letters@exam_ple.org", form],
  ["lé@example.org", form],
  ['"a b"@example.org', form],
  [".letters@example.org", form],
  [`${"a".repeat(65)}@example.org`, form],
  [`l@${`${"a".repeat(60)}.`.repeat(5)}org`, form],
  ["l@example.org, eve@example.com", form],
  ["eve@example.com, Jane <l@example.org>", form],
  ["Jane <l@example.org> <eve@example.com>", form],
  ["Tea\r\nBcc: eve@example.com <l@example.org>", form],
  [
    "Jane <l@example.org>, Bob",
    'must be one email address, with or without a name; write it as "Jane , Bob" <l@example.org>',
  ],
  [
    "Team: Jane <l@example.org>;",
    'must be one email address, with or without a name; write it as "Team: Jane" <l@example.org>',
  ],
  ["Jane l@example.org", "must be one email address, with or without a name; write it as Jane <l@example.org>"],
  ["Jane <<l@example.org>>", "must be one email address, with or without a name; write it as Jane <l@example.org>"],
  ["Jane > <l@example.org>", "must be one email address, with or without a name; write it as Jane <l@example.org>"],
  [
    '"Smith, Jane <l@example.org>',
    'has a quotation mark that is not closed, or around part of the name; write it as "Smith, Jane" <l@example.org>',
  ],
  [
    'Jane "JJ", Smith <l@example.org>',
    'has a quotation mark that is not closed, or around part of the name; write it as "Jane JJ , Smith" <l@example.org>',
  ],
  ["Tea\u0007 <l@example.org>", "contains a line break or a control character; write it as Tea <l@example.org>"],
  ["Tea\u2028 <l@example.org>", "contains a line break or a control character; write it as Tea <l@example.org>"],
  [`${"n".repeat(201)} <l@example.org>`, form],
])("%j is not one: %s", (text, problem) => {
  expect(problemOf(text)).toBe(problem);
});

/** Strings made of characters with a meaning in email addresses. */
const signs = [..."ab @<>()[]:;,.\\\"'=?ü\t\n", " <l@example.org>", "l@example.org", "a@b.example"] as const;
const hostile = fc.array(fc.constantFrom(...signs), { maxLength: 14 }).map((parts) => parts.join(""));

test("whatever is accepted is one mailbox for another parser, with that name and address, and stays so", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        hostile,
        fc.string({ unit: "binary" }).map((name) => `${name} <l@example.org>`),
      ),
      (text) => {
        const result = parseMailbox(text, example);
        if (result.kind === "invalid") return;
        const wire = formatMailbox(result.mailbox);
        expect(wire).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
        expect(addressParser(wire)).toEqual([{ name: result.mailbox.name ?? "", address: result.mailbox.address }]);
        expect(parseMailbox(wire, example)).toEqual(result);
      },
    ),
    { numRuns: 20_000 },
  );
});

test("a spelling that is advised is accepted, and is what it says", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const advised = problemOf(text)?.split("; write it as ")[1];
      if (advised !== undefined) expect(onTheWire(advised)).toBe(advised);
    }),
    { numRuns: 20_000 },
  );
});
