/**
 * Checks an image beside a chapter: on the page with its size, at its own URL, and only while its chapter is public.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pictureKey } from "../../src/publish/assets/pictures.ts";
import { bookFolder, openWorld, repository } from "../world.ts";
import { dot } from "./release-folder.ts";

/** The library's own image, 1180 x 640. */
const png = readFileSync(join(repository, "src/ui/library.png"));

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "library-pictures-"));
  cpSync(join(bookFolder("tea"), "content"), join(home, "content"), { recursive: true });
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const addTo = (chapter: string, line: string) => {
  const path = join(home, "content/tea", chapter);
  writeFileSync(path, `${readFileSync(path, "utf8")}\n${line}\n`);
};

test("a picture is shown with its size, in page and feed, and served for ever under its hash", async () => {
  writeFileSync(join(home, "content/tea/cup.png"), png);
  writeFileSync(join(home, "content/tea/secret.png"), dot(1));
  addTo("leaves.md", '![A cup.](cup.png "A cup.")');
  addTo("cold-brew.md", '![A jug.](secret.png "A jug.")');
  await using world = await openWorld(home);
  const { body } = await world.get("/tea/leaves");
  const [, address = ""] =
    /<img src="(\/media\/[0-9a-f]{64}\.png)" alt="A cup\." width="1180" height="640"/.exec(body) ?? [];
  expect(address).not.toBe("");
  expect((await world.get("/feed.xml")).body).toContain(`src=&quot;https://library.example${address}&quot;`);
  expect((await world.get("/tea/leaves.md")).body).toContain(`![A cup.](https://library.example${address} "A cup.")`);

  const picture = await world.get(address);
  expect([picture.status, picture.headers.get("Content-Type"), picture.headers.get("Cache-Control")]).toEqual([
    200,
    "image/png",
    "public, max-age=31536000, immutable",
  ]);
  expect(picture.headers.get("Cross-Origin-Resource-Policy")).toBe("cross-origin");

  const scheduled = world.manifest.books[0]?.contents.find(({ slug }) => slug === "cold-brew");
  const hash = scheduled && "object" in scheduled ? scheduled.media[0]?.hash : undefined;
  expect((await world.get(`/media/${hash}.png`)).status).toBe(404);
  expect((await world.get(`/media/${hash}.png`, { now: "2030-06-01T12:00:00Z" })).status).toBe(200);
});

test("a file that is no picture is refused", async () => {
  writeFileSync(join(home, "content/tea/broken.png"), "not a picture");
  addTo("leaves.md", '![Nothing.](broken.png "Nothing.")');
  await expect(openWorld(home)).rejects.toThrow("The file `broken.png` is not an image, whatever its name says.");
});

test("a book that is deleted while it is compiled has no pictures, and ends nothing", () => {
  expect(pictureKey(mkdtempSync(join(tmpdir(), "deleted-")), "content/tea/book.md", "leaf.png")).toBeUndefined();
});
