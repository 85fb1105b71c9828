/** Checks the ids of a page: headings called like parts of the page get ids of their own, and keep those they had. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pageIds, reservedIds } from "../../src/library/page-ids.ts";
import { bookFolder, openWorld, type World } from "../world.ts";

/** Every id that a page has or had besides those of its text, as a heading. */
const former = ["By mail", "Was it clear", "Thank you", "Feedback words", "Feedback website", "Subscribe email"];
const others = ["Subscribe error", "Subscribe website", "Page newsletter", "Page thank you"];
const reserved = Object.values(reservedIds);

/** Opens the forms. */
const newsletter = {
  MAIL_FROM: "The library <letters@library.example>",
  TOKEN_KEYS: `k1:${"x".repeat(32)}`,
  RESEND_API_KEY: "re_test",
  RESEND_WEBHOOK_SECRET: "whsec_dGVzdA==",
};

let home: string;
let world: World;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "page-ids-"));
  cpSync(join(bookFolder("tea"), "content"), join(home, "content"), { recursive: true });
  const path = join(home, "content/tea/leaves.md");
  const headings = [...former, ...others, ...reserved].map((words) => `## ${words}\n\nText.\n`);
  writeFileSync(path, `${readFileSync(path, "utf8")}\n${headings.join("\n")}`);
  world = await openWorld(home, { settings: newsletter });
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  rmSync(home, { recursive: true });
});

const idsOf = (html: string): string[] => [...html.matchAll(/<[^>]* id="([^"]*)"/g)].map(([, id = ""]) => id);

test("each id is on the page once, and the headings keep the anchors that they had", async () => {
  const { body } = await world.get("/tea/leaves");
  const ids = idsOf(body);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  for (const words of [...former, ...others]) {
    expect(body).toContain(`<h2 id="${words.toLowerCase().replaceAll(" ", "-")}">${words}</h2>`);
  }
  for (const words of reserved) expect(ids).toContain(`${words}-1`);
  // Both forms are on this page: otherwise the test would see too little.
  expect(ids).toEqual(expect.arrayContaining([pageIds.subscribeEmail, pageIds.feedbackWords, pageIds.thanks]));
});

test("whatever else a page gives an id is on the list", async () => {
  const known: readonly string[] = [...Object.values(pageIds), ...reserved];
  for (const path of ["/tea/", "/tea/leaves", "/tea/cooling"]) {
    const { body } = await world.get(path);
    const text = body.slice(body.search(/<div class="body"/), body.search(/<section class="feedback"/));
    const around = body.replace(text, "");
    const unknown = idsOf(around).filter((id) => !known.includes(id) && !/^ref-/.test(id));
    expect([path, unknown]).toEqual([path, []]);
  }
});
