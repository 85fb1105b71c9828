/** Tests corrections by email as a subscriber: the choice on the preferences page, and the email. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bookFolder } from "../world.ts";
import { after, lastMail, type NewsletterWorld, openNewsletterWorld } from "./newsletter-world.ts";

let folder: string;
let newsletter: NewsletterWorld;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "corrections-"));
  cpSync(bookFolder("tea"), folder, { recursive: true });
  const path = join(folder, "content/tea/cold-brew.md");
  const changes = `changes:
  - date: 2030-06-03
    text: The jar holds $10^3$ ml, not 100 ml. See [how tea cools](cooling).
    correction: true
`;
  writeFileSync(
    path,
    readFileSync(path, "utf8").replace(/^published: .*\n/m, (line) => line + changes),
  );
  newsletter = await openNewsletterWorld({}, folder);
});
afterAll(async () => {
  await newsletter[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

test("off by default; a tick asks for corrections, and stays when something else is changed", async () => {
  const { world } = newsletter;
  await world.tick(after(0));
  const { id, preferences } = await newsletter.join("ada@example.org");
  await newsletter.join("bob@example.org");
  const box = /<input type="checkbox" name="corrections" value="yes"( checked="")?\/?>/;
  expect(box.exec((await world.get(preferences)).body)?.[1]).toBe(undefined);
  const since = async () =>
    (
      await newsletter.rows<{ since: string | null }>(
        `SELECT corrections_since AS since FROM subscribers WHERE id = '${id}'`,
      )
    )[0]?.since;
  await newsletter.post(preferences, { act: "save", frequency: "each", which: "all", corrections: "yes" });
  const first = await since();
  expect(first).toMatch(/^20/);
  expect(box.exec((await world.get(preferences)).body)?.[1]).toBe(' checked=""');
  const save = { act: "save", frequency: "weekly", which: "all" };
  await newsletter.post(preferences, { ...save, corrections: "yes" }, { now: after(2) });
  expect(await since()).toBe(first);
  const own = await world.get(`${preferences}/data`);
  expect(JSON.parse(own.body).subscriber.correctionsSince).toBe(first);
  await newsletter.post(preferences, save);
  expect(await since()).toBe(null);
  await newsletter.post(preferences, { act: "save", frequency: "each", which: "all", corrections: "yes" });
});

test("the email says what was wrong, and leads to the list of changes", async () => {
  const { world, resend } = newsletter;
  await world.tick("2030-06-01T12:05:00.000Z");
  expect(resend.mails.map(({ to }) => to[0]).sort()).toEqual(["ada@example.org", "bob@example.org"]);
  // Both have the chapter. As if its correction were first in the next release:
  const database = await world.database();
  await database.prepare("DELETE FROM corrections").run();
  await database.prepare("UPDATE release_state SET fingerprint = ''").run();
  resend.mails.length = 0;
  for (const now of ["2030-06-03T09:00:00.000Z", "2030-06-03T09:05:00.000Z"]) await world.tick(now);
  expect(resend.mails.map(({ to }) => to[0])).toEqual(["ada@example.org"]);
  const { subject, text, html } = lastMail(resend);
  expect(subject).toBe("Correction: Cold Brew");
  expect(text.slice(0, text.indexOf("* * *"))).toBe(`We have corrected a chapter that we sent you earlier.

Tea: Leaves, Water, Time
Cold Brew
Corrected on 3 June 2030

The jar holds 10³ ml, not 100 ml. See how tea cools.

Read the corrected chapter:
https://library.example/tea/cold-brew#changes

`);
  expect(html).toContain('href="https://library.example/tea/cold-brew#changes"');
  expect(text.replace(/\s+/g, " ")).toContain(
    "because you asked for corrections to chapters of The Tea Shelf that we have sent you",
  );
});
