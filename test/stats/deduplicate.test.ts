/** Checks the deduplication of repeat views and the rate limits: a salt for each day, and a fixed size. */
import { expect, test } from "vitest";
import { Deduplicator, maxPerDay, maxPerMinute } from "../../src/stats/deduplicate.ts";

const evening = Date.parse("2026-03-01T23:50:00Z");
const minute = 60_000;

test("the salt is drawn once a day, at midnight UTC, and yesterday's marks are gone with it", () => {
  const drawn: number[] = [];
  const gate = new Deduplicator(() => {
    drawn.push(drawn.length);
    return new Uint32Array([drawn.length, 7]);
  });
  const reader = { ip: "192.0.2.1", agent: "A" };
  const asked = [0, 1, 9, 10, 11, 39, 41].map((minutes) => gate.isFirst(reader, "view", evening + minutes * minute));
  expect(asked).toEqual([true, false, false, true, false, false, true]);
  expect(drawn).toHaveLength(2);
});

test("the same salt by chance would not bring a mark back", () => {
  const gate = new Deduplicator(() => new Uint32Array([1, 2]));
  const reader = { ip: "192.0.2.1", agent: "A" };
  expect(gate.isFirst(reader, "view", evening)).toBe(true);
  expect(gate.isFirst(reader, "view", evening + 10 * minute)).toBe(true);
});

test("two isolates draw their own salts", () => {
  const salts = new Set<string>();
  for (let index = 0; index < 20; index += 1) {
    const gate = new Deduplicator(() => {
      const salt = crypto.getRandomValues(new Uint32Array(2));
      salts.add(salt.join());
      return salt;
    });
    gate.isFirst({ ip: undefined, agent: "A" }, "view", evening);
  }
  expect(salts.size).toBe(20);
});

test("fifty thousand readers in half an hour: hardly any is mistaken for another, and none is forgotten wrongly", () => {
  const gate = new Deduplicator(() => new Uint32Array([11, 22]));
  const readers = Array.from({ length: 50_000 }, (_, index) => ({
    ip: `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`,
    agent: "A",
  }));
  const first = readers.filter((reader) => gate.isFirst(reader, "view", evening)).length;
  expect(first).toBe(50_000);
  const again = readers.filter((reader) => gate.isFirst(reader, "view", evening + minute)).length;
  // Some hashes share a slot; the readers they replaced count twice.
  expect(again).toBeLessThan(25_000);
});

test("a network has its share of a minute and of a day; kinds and networks are counted apart", () => {
  const gate = new Deduplicator(() => new Uint32Array([3, 4]));
  const morning = Date.parse("2026-03-02T00:00:00Z");
  const admitted = (ip: string, kind: "view" | "report", now: number, times: number) =>
    Array.from({ length: times }, () => gate.accepts({ ip, agent: "A" }, kind, now)).filter(Boolean).length;
  expect(admitted("192.0.2.1", "view", morning, 200)).toBe(maxPerMinute);
  expect(admitted("192.0.2.200", "view", morning, 10)).toBe(0);
  expect(admitted("192.0.2.1", "report", morning, 10)).toBe(10);
  expect(admitted("198.51.100.1", "view", morning, 10)).toBe(10);
  let inADay = maxPerMinute;
  for (let index = 1; index < 60; index += 1) inADay += admitted("192.0.2.1", "view", morning + index * minute, 200);
  expect(inADay).toBe(maxPerDay);
  expect(admitted("192.0.2.1", "view", morning + 24 * 60 * minute, 1)).toBe(1);
});
