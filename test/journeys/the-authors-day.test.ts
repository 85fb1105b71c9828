/**
 * Follows the author through a day: a chapter is created by a command, checked, fixed, previewed as a draft, scheduled,
 * and deployed; at its time it is published and emailed, and in the evening its numbers are on the desk.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { href } from "../../src/routes.ts";
import { AccessTeam, accessSettings } from "../desk/author-login.ts";
import { keys } from "../newsletter/newsletter-world.ts";
import { firefox } from "../stats/reading-world.ts";
import { bookFolder, openWorld, repository, type World } from "../world.ts";
import { auditAccessibility, freePort, openBrowser, openPage } from "./browser.ts";

const morning = "2026-03-02T08:00:00.000Z";
const due = "2026-03-02T15:00:00.000Z";
const evening = "2026-03-02T20:30:00.000Z";
/** The cron trigger runs every five minutes. */
const minutesAfter = (time: string, minutes: number): string =>
  new Date(Date.parse(time) + minutes * 60_000).toISOString();

const access = new AccessTeam();
let browser: Browser;
let home: string;
let port: number;
let text: string;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "authors-day-"));
  cpSync(join(bookFolder("tea"), "content"), join(home, "content"), { recursive: true });
  text = join(home, "content/tea/white-tea.md");
  [browser, port] = await Promise.all([openBrowser(), freePort()]);
});
afterAll(async () => {
  await browser.close();
  rmSync(home, { recursive: true, force: true });
});

/** Runs a command of the library in the author's folder. */
function run(command: string, ...args: string[]): { status: number | null; said: string } {
  const script = join(repository, "src/cli/commands", `${command}.ts`);
  const { status, stdout, stderr } = spawnSync("node", [script, ...args], { cwd: home, encoding: "utf8" });
  return { status, said: stdout + stderr };
}

/** Deploys the author's folder as it is now, with the newsletter enabled and the desk behind Access. */
async function deploy(now: string): Promise<World> {
  const world = await openWorld(home, {
    now,
    port,
    outbound: access.outbound,
    settings: {
      ...accessSettings,
      ORIGIN: `http://localhost:${port}`,
      MAIL_INBOX: "yes",
      MAIL_FROM: "The Tea Library <letters@localhost>",
      TOKEN_KEYS: keys,
    },
  });
  await world.setClock(now);
  return world;
}

test("from the first line to the numbers of the evening", async () => {
  // Write: the command creates a draft and lists it; a mistake is reported with its position, and fixed.
  const begun = run(
    "new",
    "chapter",
    "tea",
    "white-tea",
    "--title",
    "White Tea",
    "--excerpt",
    "Leaves that were only dried.",
  );
  expect([begun.said, begun.status]).toEqual([expect.stringContaining("content/tea/white-tea.md"), 0]);
  expect(readFileSync(join(home, "content/tea/book.md"), "utf8")).toContain("- white-tea");
  write("It wants water at $T \\aprox 75$ degrees.");
  const slip = run("check");
  expect(slip.status).toBe(1);
  expect(slip.said).toContain("content/tea/white-tea.md:9:");
  expect(slip.said).toContain("Undefined control sequence: \\aprox");
  write("It wants water at $T \\approx 75$ degrees, and time.");
  expect(run("check")).toMatchObject({ status: 0, said: expect.stringContaining("checked") });

  // Preview: the draft is deployed, no reader sees it, and the desk shows it as a page and as an email.
  await using draft = await deploy(morning);
  const desk = await logIn(draft, morning);
  const { page, complaints } = desk;
  expect((await draft.get("/tea/white-tea")).status).toBe(404);
  await page.getByRole("link", { name: "Calendar" }).click();
  await page.getByRole("link", { name: "Preview page: White Tea" }).click();
  expect(await heading(page)).toBe("White Tea");
  expect(await page.locator("main").innerText()).toContain("and time.");
  await page.goBack();
  await page.getByRole("link", { name: "Preview email: White Tea" }).click();
  expect(await page.frameLocator("iframe").locator("body").innerText()).toContain("White Tea");
  expect(complaints).toEqual([]);
  await desk.leave();
  await draft[Symbol.asyncDispose]();

  // Schedule and publish: one deploy with a date in it. The desk shows when the chapter is published, and who receives
  // it.
  write("It wants water at $T \\approx 75$ degrees, and time.", due);
  expect(run("check")).toMatchObject({ status: 0, said: expect.stringContaining("checked") });
  await using library = await deploy(morning);
  await subscribeSomebody(library, "ada@example.org");
  await library.tick(morning);
  const noon = await logIn(library, morning);
  await noon.page.getByRole("link", { name: "Calendar" }).click();
  const entry = noon.page.getByRole("listitem").filter({ hasText: "White Tea" });
  expect(await entry.innerText()).toContain("Emailed immediately to “each chapter” subscribers");
  expect(await entry.locator("time").getAttribute("datetime")).toBe(due);
  await noon.leave();

  // The chapter is due: it is published and emailed, over several runs of the cron trigger.
  for (const minutes of [0, 5, 10]) await library.tick(minutesAfter(due, minutes));
  await library.setClock(minutesAfter(due, 12));
  const reader = await openPage(browser, `${library.url}${href.inbox()}`.replace("127.0.0.1", "localhost"), {
    userAgent: `${firefox} A reader`,
  });
  const subjects = await reader.page.locator(".inbox-subject").allTextContents();
  expect(subjects.filter((subject) => subject === "White Tea")).toHaveLength(1);

  // A reader reads to the end in a realistic time, and answers that it was clear.
  await reader.page.clock.install();
  await reader.page.goto(`http://localhost:${port}/tea/white-tea`, { waitUntil: "load" });
  expect(await heading(reader.page)).toBe("White Tea");
  for (let second = 0; second < 90; second += 15) {
    await reader.page.mouse.move(100 + second, 200);
    await reader.page.clock.runFor(15_000);
  }
  await reader.page.getByRole("button", { name: "Yes", exact: true }).click();
  await reader.page.clock.runFor(2000);
  const told = reader.page.waitForResponse((response) => response.url().endsWith(href.reading()));
  await turnAway(reader.page);
  expect((await told).status()).toBe(204);
  await reader.page.context().close();
  await library.gather(minutesAfter(due, 15));
  await library.tick(minutesAfter(due, 90));

  // Evening: the edition with its deliveries, the chapter with its numbers, nothing that needs attention.
  await library.tick(minutesAfter(evening, -2));
  await library.setClock(evening);
  const late = await logIn(library, evening);
  expect(await late.page.locator("main").innerText()).toContain("Nothing needs your attention");
  await late.page.getByRole("link", { name: "Editions" }).click();
  await late.page.locator("section.edition").getByRole("link", { name: "White Tea" }).click();
  expect(await late.page.locator("main").innerText()).toMatch(
    /Complete[\s\S]*Recipients\s+1\b[\s\S]*Accepted[^\n]*\s1\b/,
  );
  await late.page.goto(`http://localhost:${port}${href.deskReading("tea/white-tea")}`, { waitUntil: "load" });
  const words = await late.page.locator("main").innerText();
  expect(words).toMatch(/Views\s+1\b/);
  expect(words).toMatch(/Reads\s+1\b/);
  expect(words).toMatch(/Completions\s+1\b/);
  expect(words).toMatch(/1 of 1 answer \(100\s%\) said yes/);
  expect(await auditAccessibility(late.page)).toEqual([]);
  await late.leave();
}, 180_000);

const heading = (page: Page) => page.getByRole("heading", { level: 1 }).textContent();

/** Writes the chapter, with one paragraph, which is on line 9 of a draft. */
function write(paragraph: string, published?: string): void {
  const date = published === undefined ? "# published: later" : `published: ${published.replace(".000Z", "Z")}`;
  writeFileSync(
    text,
    `---\ntitle: White Tea\nexcerpt: Leaves that were only dried.\n${date}\nsymbols:\n  - tex: T\n    meaning: temperature of the water\n---\n${paragraph}\n`,
  );
}

/** Opens the first page of the desk in the author's browser, authenticated by Cloudflare Access. */
async function logIn(world: World, now: string) {
  const url = world.url.replace("127.0.0.1", "localhost");
  const { page, complaints } = await openPage(browser, `${url}${href.desk()}`, {
    extraHTTPHeaders: { "Cf-Access-Jwt-Assertion": access.token(now) },
  });
  expect(await heading(page)).toBe("Overview");
  return { page, complaints, leave: () => page.context().close() };
}

async function subscribeSomebody(world: World, email: string): Promise<void> {
  const database = await world.database();
  await database
    .prepare(
      "INSERT INTO subscribers (id, email, address_key, state, leave_key, requested_at, confirmed_at) VALUES ('ada', ?, ?, 'confirmed', 'x', ?, ?)",
    )
    .bind(email, email, "2026-02-01T00:00:00.000Z", "2026-02-01T00:00:00.000Z")
    .run();
}

/** Simulates switching to another tab. */
const turnAway = (page: Page): Promise<void> =>
  page.evaluate(`{
    for (const [name, value] of [["hidden", true], ["visibilityState", "hidden"]])
      Object.defineProperty(document, name, { value, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }`);
