/** Tests the tags of an edition's email: within Resend's limits, and which chapters they identify. */
import { expect, test } from "vitest";
import { chaptersIn, deliveryTags } from "../../src/editions/delivery-tags.ts";

const many = Array.from({ length: 33 }, (_, index) => `tea/leaf-${index}`);

test("an email names its edition, its subscriber and its chapters", async () => {
  expect(await deliveryTags("each_tea_cooling", "s1", ["tea/cooling", "tea/oolong"])).toEqual([
    { name: "edition", value: "each_tea_cooling" },
    { name: "subscriber", value: "s1" },
    { name: "chapters", value: "a70dd2d592951598" },
  ]);
});

test("up to 32 chapters fit into the 256 characters of a tag; an email with more does not name them", async () => {
  const [, , tag] = await deliveryTags("weekly_2026-02-02", "s1", many.slice(0, 32));
  expect(tag?.value).toMatch(/^[0-9a-f]{256}$/);
  expect(await chaptersIn(tag?.value ?? "", many)).toEqual(many.slice(0, 32));
  expect((await deliveryTags("weekly_2026-02-02", "s1", many)).map(({ name }) => name)).toEqual([
    "edition",
    "subscriber",
  ]);
});

test("of an edition those chapters are found that the tag names, in whatever order, and of nonsense none", async () => {
  const [, , tag] = await deliveryTags("e", "s1", ["tea/oolong", "cold/brew"]);
  expect(await chaptersIn(tag?.value ?? "", ["cold/brew", "tea/cooling", "tea/oolong"])).toEqual([
    "cold/brew",
    "tea/oolong",
  ]);
  for (const nonsense of ["", "x", "tea/cooling", "0".repeat(256)])
    expect(await chaptersIn(nonsense, ["tea/cooling"])).toEqual([]);
});
