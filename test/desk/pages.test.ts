/**
 * Checks every page with reports, with no data, with little and with a year of it: valid HTML, accessible, no wider
 * than a phone.
 */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { href } from "../../src/routes.ts";
import { auditAccessibility, desktop, openBrowser, openPage, phone } from "../journeys/browser.ts";
import { trial } from "../own-library.ts";
import type { World } from "../world.ts";
import { deskPresent, deskStates, openDesk, setDesk } from "./author-browser.ts";
import { faultsOf } from "./html-faults.ts";

const paths = [
  href.desk(),
  href.deskReading(),
  `${href.deskReading(`${trial.book}/${trial.slug}`)}?days=90`,
  href.deskReading(`${trial.book}/`),
  href.deskSubscribers(),
  href.deskEditions(),
  href.deskFeedback(),
  href.deskMessages(),
];

let browser: Browser;
let world: World;
let headers: Readonly<Record<string, string>>;
beforeAll(async () => {
  browser = await openBrowser();
  ({ world, headers } = await openDesk());
});
afterAll(async () => {
  await browser.close();
  await world[Symbol.asyncDispose]();
});

describe.each(deskStates)("with %s", (state) => {
  beforeAll(() => setDesk(world, state));

  test.each(paths)("%s", async (path) => {
    const answer = await world.get(world.url + path, { headers });
    expect([answer.status, answer.headers.get("Cache-Control")]).toEqual([200, "no-store"]);
    expect(await faultsOf(answer.body)).toEqual([]);

    const screens = [
      [phone, state === "little" ? "dark" : "light"],
      [desktop, "dark"],
    ] as const;
    for (const [viewport, colorScheme] of state === "year" ? screens : screens.slice(0, 1)) {
      const { page, complaints } = await openPage(browser, world.url + path, {
        viewport,
        colorScheme,
        extraHTTPHeaders: headers,
      });
      // Collapsed content is part of the page.
      await page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true");
      expect([viewport.width, await auditAccessibility(page)]).toEqual([viewport.width, []]);
      const tooWide = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
      expect([viewport.width, Math.max(0, Number(tooWide))]).toEqual([viewport.width, 0]);
      expect(complaints).toEqual([]);
      await page.context().close();
    }
  });
});

describe("by keyboard", () => {
  beforeEach(() => setDesk(world, "year"));

  test("chapters are sorted by a link, the numbers of a chart unfolded, and answers narrowed down", async () => {
    const { page, complaints } = await openPage(browser, world.url + href.desk(), { extraHTTPHeaders: headers });
    await page.getByRole("link", { name: "Completions" }).focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/sort=finishes/);
    expect(await page.locator("th[aria-sort=descending]").innerText()).toBe("Completions");
    const finishes = (await page.locator("#chapters tbody tr td:nth-child(4)").allInnerTexts()).map((text) =>
      Number(text.replace(",", "")),
    );
    expect(finishes.length).toBeGreaterThan(20);
    expect(finishes).toEqual([...finishes].sort((a, b) => b - a));

    const numbers = page.locator("details").first();
    await numbers.locator("summary").focus();
    await page.keyboard.press("Enter");
    await numbers.getByRole("rowheader", { name: "20 Dec" }).waitFor();

    await page.goto(world.url + href.deskFeedback());
    await page.getByLabel("Answer", { exact: true }).focus();
    await page.keyboard.press("N");
    await page.getByRole("button", { name: "Show" }).focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/clear=no/);
    expect(new Set(await page.locator(".verdict").allInnerTexts())).toEqual(new Set(["Not clear"]));
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("a notice that was read is gone, and an answer is put aside", async () => {
    const { page, complaints } = await openPage(browser, world.url + href.desk(), { extraHTTPHeaders: headers });
    await page.getByRole("heading", { name: "Published but not emailed" }).waitFor();
    await page.getByRole("button", { name: "Dismiss" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Published but not emailed" }).waitFor({ state: "detached" });

    await page.goto(`${world.url}${href.deskFeedback()}?open=yes`);
    await page.getByRole("button", { name: "Archive" }).first().focus();
    const again = page.waitForEvent("load");
    await page.keyboard.press("Enter");
    await again;
    expect(page.url()).toBe(`${world.url}${href.deskFeedback()}?open=yes`);
    const settled = "SELECT COUNT(*) AS count FROM feedback WHERE settled_at = ?";
    expect(await (await world.database()).prepare(settled).bind(deskPresent).first("count")).toBe(1);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

test("the home page's views are no chapter's: the share of reads is of those that can be read", async () => {
  await setDesk(world, "none");
  const db = await world.database();
  for (const [page, measure, count] of [
    ["/", "view", 60],
    [`${trial.book}/${trial.slug}`, "view", 40],
    [`${trial.book}/${trial.slug}`, "read", 10],
  ])
    await db
      .prepare("INSERT INTO reading_days (day, page, measure, source, count) VALUES ('2026-12-19', ?, ?, '', ?)")
      .bind(page, measure, count)
      .run();
  const { page } = await openPage(browser, world.url + href.deskReading(), { extraHTTPHeaders: headers });
  const words = await page.locator("main").innerText();
  expect(words).toMatch(/100 views, 10 reads \(25\s% of chapters' views\)/);
  expect(words).toContain("60 views of the home page included");
  await page.context().close();
});

test("letters whose end nobody knows, and those that failed, stand beside those that went out", async () => {
  await setDesk(world, "year");
  const { page } = await openPage(browser, world.url + href.deskSubscribers(), { extraHTTPHeaders: headers });
  const letters = page.locator("section[aria-labelledby=letters]");
  expect(await letters.innerText()).toContain("2 emails may not have arrived");
  expect(await letters.innerText()).toContain("1 email failed");
  expect(await letters.getByRole("row", { name: /^Confirmation request/ }).innerText()).toMatch(/42\s+0\s+1\s+1$/);
  await page.context().close();
});

test("who left after an edition is said of the time that has passed", async () => {
  await setDesk(world, "little");
  const unsubscribesText = async () => {
    const { body } = await world.get(world.url + href.deskEditions(), { headers });
    return /<p class="edition-after">([^<]*)/.exec(body)?.[1]?.trim();
  };
  expect(await unsubscribesText()).toBe("No one has unsubscribed so far.");
  const db = await world.database();
  await db.prepare("UPDATE editions SET opened_at = '2026-12-01T09:00:00.000Z'").run();
  expect(await unsubscribesText()).toBe("No one unsubscribed within 7 days.");
});

test("of a large list only the latest editions are counted in the list, and each on its own page", async () => {
  await setDesk(world, "year");
  const db = await world.database();
  const { id, chapters } = (await db
    .prepare(
      "SELECT id, chapters ->> 0 AS chapters FROM editions WHERE chapters LIKE '[\"%' ORDER BY opened_at DESC LIMIT 1",
    )
    .first<{ id: string; chapters: string }>()) ?? { id: "", chapters: "" };
  await db
    .prepare(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)
      INSERT INTO deliveries (chapter_id, subscriber_id, edition_id, state, provider_id, changed_at)
      SELECT ?1, 'many' || i, ?2, 'delivered', 're' || i, ?3 FROM n`)
    .bind(chapters, id, deskPresent)
    .run();
  const { page } = await openPage(browser, world.url + href.deskEditions(), { extraHTTPHeaders: headers });
  expect(await page.locator(".edition").count()).toBe(8);
  expect(await page.locator(".edition .breakdown").count()).toBe(1);
  await page.getByRole("link", { name: "Delivery status" }).first().click();
  const breakdown = page.locator(".breakdown");
  expect(await breakdown.innerText()).toMatch(/Recipients\s+\d+/);
  expect(await breakdown.locator("svg[role=img]").getAttribute("aria-labelledby")).toContain("copies-title");
  await page.context().close();
});

test("what is not there is not made up: an unknown chapter is no page", async () => {
  for (const path of [href.deskReading(`${trial.book}/no-such-chapter`), href.deskReading("nothing/")]) {
    expect([path, (await world.get(world.url + path, { headers })).status]).toEqual([path, 404]);
  }
});
