/** Tests dates in lists of other services: unambiguous ones are parsed, ambiguous ones are not. */
import { expect, test } from "vitest";
import { dayOrderOf, parseMoment } from "../../../src/cli/import-export/moments.ts";

test.each([
  ["2018-02-05 19:28:23", "2018-02-05T19:28:23.000Z"],
  ["2018-02-05T19:28:23.123456+02:00", "2018-02-05T17:28:23.000Z"],
  ["2018-02-05", "2018-02-05T00:00:00.000Z"],
  ["2018/02/05 19:28", "2018-02-05T19:28:00.000Z"],
  ["2018-2-5", "2018-02-05T00:00:00.000Z"],
  ["20180205", "2018-02-05T00:00:00.000Z"],
  // PostgreSQL, Go and JavaScript.
  ["2024-01-15 10:00:00.12345+00", "2024-01-15T10:00:00.000Z"],
  ["2024-01-15 10:00:00 -0500", "2024-01-15T15:00:00.000Z"],
  ["2024-01-15 10:00:00 +0000 UTC", "2024-01-15T10:00:00.000Z"],
  ["Mon Jan 15 2024 10:00:00 GMT+0100 (Central European Standard Time)", "2024-01-15T09:00:00.000Z"],
  ["Mon, 15 Jan 2024 10:00:00 +0000", "2024-01-15T10:00:00.000Z"],
  ["1705312800", "2024-01-15T10:00:00.000Z"],
  ["1705312800000", "2024-01-15T10:00:00.000Z"],
  ["05.02.2018 9:28", "2018-02-05T09:28:00.000Z"],
  ["5.2.2018, 09:28:11 Uhr", "2018-02-05T09:28:11.000Z"],
  ["2/15/2018 19:28", "2018-02-15T19:28:00.000Z"],
  ["2/15/2018, 7:28:09 PM", "2018-02-15T19:28:09.000Z"],
  ["2/15/2018 12:05 am", "2018-02-15T00:05:00.000Z"],
  ["15/2/2018", "2018-02-15T00:00:00.000Z"],
  ["15-01-2024 10:00:00", "2024-01-15T10:00:00.000Z"],
  ["5/5/2018", "2018-05-05T00:00:00.000Z"],
  ["Jan 15, 2024", "2024-01-15T00:00:00.000Z"],
  ["January 15th, 2024 at 10:00 am", "2024-01-15T10:00:00.000Z"],
  ["15 January 2024", "2024-01-15T00:00:00.000Z"],
  ["15-Jan-2024 10:00", "2024-01-15T10:00:00.000Z"],
  ["15. März 2024 um 10:00 Uhr", "2024-03-15T10:00:00.000Z"],
  ["1er août 2024", "2024-08-01T00:00:00.000Z"],
  ["lundi, 15 janvier 2024 à 10:00", "2024-01-15T10:00:00.000Z"],
  ["15 de enero de 2024", "2024-01-15T00:00:00.000Z"],
  ["2/5/2018", null],
  ["02-05-2018 10:00:00", null],
  ["2/5/18", null],
  ["2018-02-30", null],
  ["31 April 2024", null],
  ["15/15/2024", null],
  ["2024-01-15 25:00", null],
  ["2024-01-15 10:61", null],
  ["2/15/2018 13:00 PM", null],
  ["2024-01-15 10:00 EST", null],
  ["0000-00-00 00:00:00", null],
  ["43136.81", null],
  ["15 Smarch 2024", null],
  ["yesterday", null],
  ["12:30", null],
  ["", null],
])("the date %j", (written, at) => {
  expect(parseMoment(written)).toBe(at);
});

test("the column decides what a date means that could be two days", () => {
  const american = ["2/5/2018 19:30", "2/15/2018 19:30"];
  expect(dayOrderOf(american)).toBe("month first");
  expect(parseMoment("2/5/2018 19:30", "month first")).toBe("2018-02-05T19:30:00.000Z");
  expect(dayOrderOf(["02-05-2018", "15-01-2024 10:00:00", ""])).toBe("day first");
  expect(parseMoment("02-05-2018", "day first")).toBe("2018-05-02T00:00:00.000Z");
  expect(dayOrderOf(["2/5/2018", "5/5/2018", "99/99/2018"])).toBeUndefined();
  expect(dayOrderOf([...american, "15/2/2018"])).toBeUndefined();
  // A date with dots begins with the day, whatever the rest of the column suggests.
  expect(parseMoment("05.02.2018", "month first")).toBe("2018-02-05T00:00:00.000Z");
});
