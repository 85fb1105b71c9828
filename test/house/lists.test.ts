/**
 * Checks that each list of pages, or of the objects of a chapter or the library, exists once: a second list would miss
 * what is added to the first.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { href, pattern } from "../../src/routes.ts";
import { repository } from "../world.ts";
import { nameListsIn } from "./lists/name-lists.ts";

const source = join(repository, "src");
const lists = readdirSync(source, { recursive: true, encoding: "utf8" })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => /\.(ts|tsx|mjs)$/.test(name) && !name.endsWith(".d.ts"))
  .flatMap((file) =>
    nameListsIn(file, readFileSync(join(source, file), "utf8")).map((names) => ({ folder: file.split("/")[0], names })),
  );

test("names are found in arrays of calls, members, texts and pairs", () => {
  const specimen = `const a = [href.home(), href.feed()]; const b = [["Desk", href.desk()], ["Feed", href.feed()]];
    const c = [chapter.object, chapter.mail, "feed", ...more, 1];`;
  expect(nameListsIn("x.ts", specimen)).toEqual([
    [
      { name: "home", of: "href" },
      { name: "feed", of: "href" },
    ],
    [
      { name: "desk", of: "href" },
      { name: "feed", of: "href" },
    ],
    [
      { name: "Desk", of: undefined },
      { name: "desk", of: "href" },
    ],
    [
      { name: "Feed", of: undefined },
      { name: "feed", of: "href" },
    ],
    [
      { name: "object", of: "chapter" },
      { name: "mail", of: "chapter" },
      { name: "feed", of: undefined },
    ],
  ]);
});

/** `a, b: folder, folder` for names that arrays in several folders share, at least `fewest` of them. */
function common(fewest: number, isOne: (name: string, of: string | undefined) => boolean): string[] {
  const found = lists.map(({ folder = "", names }) => ({
    folder,
    names: [...new Set(names.filter(({ name, of }) => isOne(name, of)).map(({ name }) => name))].sort(),
  }));
  const pairs = found.flatMap((one) =>
    found
      .filter(({ folder }) => folder > one.folder)
      .map(({ folder, names }) => ({
        folders: [one.folder, folder],
        names: names.filter((name) => one.names.includes(name)),
      })),
  );
  return pairs
    .filter(({ names }) => names.length >= fewest)
    .map(({ names, folders }) => `${names.join(", ")}: ${folders.join(", ")}`);
}

test("no two folders list the same pages", () => {
  const isPage = (name: string, of: string | undefined) =>
    (of === "href" && name in href) || (of === "pattern" && name in pattern);
  expect(
    lists.filter(({ names }) => names.filter(({ name, of }) => isPage(name, of)).length > 2).length,
  ).toBeGreaterThan(1);
  expect(common(3, isPage)).toEqual([]);
});

test("no two folders list the same objects: library/manifest.ts names them, and whoever needs them asks it", () => {
  const manifest = readFileSync(join(source, "library/manifest.ts"), "utf8");
  const objects = [...manifest.matchAll(/^const \w+Objects = \{([^}]*)\}/gm)].flatMap(([, entries = ""]) =>
    [...entries.matchAll(/^ *(\w+): "\w+"/gm)].map(([, name = ""]) => name),
  );
  expect(objects).toEqual([
    "front",
    "feed",
    "notation",
    "index",
    "recall",
    "map",
    "search",
    "shareImage",
    "feed",
    "notation",
    "index",
    "recall",
    "deck",
    "map",
    "fullText",
    "object",
    "markdown",
    "mail",
    "mailPictures",
    "searchDocument",
    "shareImage",
  ]);
  expect(common(2, (name) => objects.includes(name))).toEqual([]);
});
