/** Checks by which name the browser keeps what it knows about a chapter: one that does not change when the chapter does. */
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bookFolder, openWorld, type World } from "../world.ts";

let home: string;
let world: World;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "text-identity-"));
  const book = join(home, "content/tea");
  cpSync(join(bookFolder("tea"), "content"), join(home, "content"), { recursive: true });
  const edit = (file: string, from: string | RegExp, to: string) =>
    writeFileSync(join(book, file), readFileSync(join(book, file), "utf8").replaceAll(from, to));
  renameSync(join(book, "cooling.md"), join(book, "drinkable.md"));
  edit("drinkable.md", "redirect_from: [when-to-drink,", "id: cooling\nredirect_from: [cooling, when-to-drink,");
  for (const file of ["book.md", "leaves.md", "cold-brew.md", "gongfu.md"]) {
    edit(file, /(?<=- |\(|\[|, )cooling(?=\n|\)|#|\]|,)/g, "drinkable");
  }
  world = await openWorld(home);
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  rmSync(home, { recursive: true });
});

const bodyTag = async (path: string) => /<body[^>]*>/.exec((await world.get(path)).body)?.[0];

test("a chapter's page has its permanent identity and its minutes, also after it was renamed", async () => {
  expect(await bodyTag("/tea/leaves")).toMatch(/ data-id="tea\/leaves" data-minutes="\d+"/);
  expect(await bodyTag("/tea/drinkable")).toContain(' data-id="tea/cooling"');
  expect(await bodyTag("/tea/")).toContain(' data-id="tea/tea-overview"');
  expect(await bodyTag("/about")).not.toContain("data-id");
});
