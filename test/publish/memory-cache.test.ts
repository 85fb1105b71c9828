/** Checks what the cache of a process keeps: what recurs, and not more than its limit. */
import { expect, test } from "vitest";
import { createCache } from "../../src/publish/cache/memory-cache.ts";

test("what is asked for again and again is made once, however much else is made in between; what is not, is dropped", () => {
  const made: string[] = [];
  const cached = createCache<string>(4);
  const get = (key: string) =>
    cached(key, () => {
      made.push(key);
      return key;
    });
  for (let index = 0; index < 20; index++) {
    expect(get("often")).toBe("often");
    get(`once ${index}`);
  }
  expect(made.filter((key) => key === "often")).toHaveLength(1);
  get("once 19");
  get("once 0");
  expect(made.filter((key) => key.startsWith("once"))).toHaveLength(21);
  expect(made.at(-1)).toBe("once 0");
});
