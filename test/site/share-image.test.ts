/** Checks the images beside links: named by each page, served at their URL, and private until their chapter is public. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { openWorld, type World } from "../world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const origin = "https://library.example";
const itsMinute = { now: "2030-06-01T12:00:00.000Z" };
const minuteBefore = { now: "2030-06-01T11:59:59.999Z" };

async function imageOf(path: string, options: { readonly now?: string } = {}) {
  const { body } = await world.get(path, options);
  const tags = [...body.matchAll(/<meta (?:property|name)="((?:og:image|twitter:)[^"]*)" content="([^"]*)"/g)];
  return Object.fromEntries(tags.map(([, name = "", content = ""]) => [name, content]));
}

test.each([
  ["/tea/cooling", "/tea/cooling.png", "Cooling: When to Drink · Tea"],
  ["/tea/", "/tea/index.png", "Tea: Leaves, Water, Time"],
  ["/", "/index.png", "The Tea Shelf. Everything that a kettle can teach."],
  ["/books", "/index.png", "The Tea Shelf. Everything that a kettle can teach."],
  ["/about", "/index.png", "The Tea Shelf. Everything that a kettle can teach."],
])("%s names its image with its size and what is written on it, and the image is there", async (page, image, alt) => {
  const tags = await imageOf(page);
  expect(tags).toEqual({
    "og:image": expect.stringMatching(new RegExp(`^${origin}${image.replace(".", "[.]")}[?]v=[0-9a-f]{6}$`)),
    "og:image:width": "1200",
    "og:image:height": "630",
    "og:image:alt": alt,
    "twitter:card": "summary_large_image",
  });
  const answer = await world.get(tags["og:image"]?.slice(origin.length) ?? "", { cold: true });
  expect([answer.status, answer.headers.get("Content-Type")]).toEqual([200, "image/png"]);
  expect(answer.headers.get("Cache-Control")).toBe("public, max-age=604800");
  expect(answer.operations).toMatchObject({ d1Queries: 0, kvReads: 1 });
});

test("the image of a scheduled chapter appears at its minute; that of a draft never does", async () => {
  const chapter = world.manifest.books[0]?.contents.find(({ slug }) => slug === "cold-brew");
  const hash = chapter && "shareImage" in chapter ? chapter.shareImage : undefined;
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  for (const path of ["/tea/cold-brew.png", `/media/${hash}.png`])
    expect([path, (await world.get(path, minuteBefore)).status]).toEqual([path, 404]);
  expect((await world.get("/tea/cold-brew.png", itsMinute)).status).toBe(200);
  expect((await imageOf("/tea/cold-brew", itsMinute))["og:image"]).toContain(`v=${hash?.slice(0, 6)}`);
  expect((await world.get("/tea/gongfu.png", { now: "2040-01-01T00:00:00Z" })).status).toBe(404);
});

test("a page that must not be indexed has no image, and no other path has one", async () => {
  expect(await imageOf("/no-such-page")).toEqual({});
  for (const path of ["/tea/milk.png", "/tea.png", "/tea/.png", "/index.PNG", "/tea/cooling.png/"])
    expect([path, (await world.get(path)).status]).toEqual([path, 404]);
});
