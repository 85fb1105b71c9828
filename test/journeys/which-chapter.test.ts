/**
 * Checks the desk's question whether a chapter is new: with many long options, titles in Arabic, at every width, and by
 * keyboard without scripts.
 */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { href } from "../../src/routes.ts";
import { emptyDesk } from "../desk/fill-desk.ts";
import { layoutFaults, openLayoutWorld } from "../house/layout-world.ts";
import { bookFolder, type World } from "../world.ts";
import { auditAccessibility, openBrowser, openPage, phone } from "./browser.ts";

const long = "donaudampfschifffahrts-elektrizitaeten-hauptbetriebswerk-bauunterbeamten";
const candidates = [`${long}/${long}`, "stars/a-name-that-goes-on-over-many-words-of-which-each-is-short"];
for (let number = 1; candidates.length < 12; number += 1) candidates.push(`stars/lost-${number}`);

let browser: Browser;
let world: World;
beforeAll(async () => {
  [browser, world] = await Promise.all([openBrowser(), openLayoutWorld(bookFolder("caravan"))]);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await world[Symbol.asyncDispose]();
});

beforeEach(async () => {
  const db = await world.database();
  await emptyDesk(db);
  const ask = (place: string, mayBe: readonly string[]) =>
    db
      .prepare("INSERT INTO chapter_questions (place, may_be, asked_at) VALUES (?, ?, '2026-12-01')")
      .bind(place, JSON.stringify(mayBe));
  await db.batch([
    db.prepare("INSERT INTO newsletter (id, began_at, seen_at) VALUES (1, '2026-12-01', '2026-12-20T14:05:00.000Z')"),
    db.prepare("INSERT INTO release_state (id, fingerprint, identities, legacy_feeds) VALUES (1, 'f', '{}', '{}')"),
    db
      .prepare(
        "INSERT INTO publications (chapter_id, place, published_at, recorded_at) VALUES (?, ?, '2026-02-02', '')",
      )
      .bind(candidates[0], `other-${long}/${long}`),
    ask("algebra/completing-the-square", candidates),
    ask("stars/altair", ["stars/eagle"]),
    ask("stars/stars", []),
  ]);
});

test("nothing is cut off or overlaps at any width, in both themes and in forced colours; axe finds nothing", async () => {
  for (const look of [{ colorScheme: "light" }, { colorScheme: "dark" }, { forcedColors: "active" }] as const) {
    const { page } = await openPage(browser, world.url + href.desk(), { viewport: phone, ...look });
    expect(await page.getByRole("radio").count()).toBe(15);
    expect(await auditAccessibility(page)).toEqual([]);
    expect(await layoutFaults(page)).toEqual([]);
    await page.context().close();
  }
}, 120_000);

test("many candidates are named once, as answers; a sentence begins with a capital letter", async () => {
  const { page } = await openPage(browser, world.url + href.desk());
  const items = page.locator(".decisions li");
  expect(await items.nth(0).locator("p").textContent()).toBe(
    "It has appeared at /algebra/completing-the-square, and 12 chapters disappeared. It is not emailed until you answer. An answer is final.",
  );
  expect(await items.nth(2).locator("h3").textContent()).toBe(
    "The overview of “Stars”: your answer applies from the next cron run",
  );
  await page.context().close();
});

test("a title in two scripts keeps its order within the sentence", async () => {
  const { page } = await openPage(browser, world.url + href.desk());
  const [arabic = 0, latin = 0, before = 0] = await page.evaluate<number[]>(`(() => {
    const text = [...document.querySelectorAll(".decisions h3")].find((each) => each.textContent.includes("Altair")).firstChild;
    return ["النسر", "Altair", "Is"].map((word) => {
      const range = document.createRange();
      range.setStart(text, text.data.indexOf(word));
      range.setEnd(text, text.data.indexOf(word) + word.length);
      return range.getBoundingClientRect().left;
    });
  })()`);
  // The title starts on its right.
  expect([before < latin, latin < arabic]).toEqual([true, true]);
  await page.context().close();
});

test("by keyboard alone, without scripts: the form is called by its question, the focus is seen, and the answer counts", async () => {
  const { page } = await openPage(browser, world.url + href.desk(), { javaScriptEnabled: false, viewport: phone });
  const form = page.getByRole("form", { name: /^Is “.*النسر الطائر: Altair.*” a new chapter\?$/ });
  /** The focused element and its outline. */
  const focused = () =>
    page.evaluate<string>(
      "(document.activeElement.value || document.activeElement.type) + ' ' + getComputedStyle(document.activeElement).outlineStyle",
    );
  // Submitting without a choice is not an answer.
  await form.getByRole("button", { name: "Answer" }).focus();
  await page.keyboard.press("Enter");
  expect(page.url()).toBe(world.url + href.desk());
  expect(await focused()).toBe("stars/eagle solid");
  await page.keyboard.press("ArrowDown");
  expect([await focused(), await form.locator(":checked").count()]).toEqual(["new solid", 1]);
  await page.keyboard.press("Tab");
  expect(await focused()).toBe("submit solid");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/desk/?answered=*");
  expect(await page.getByRole("status").textContent()).toContain("stars/altair is a new chapter.");
  await page.context().close();
});
