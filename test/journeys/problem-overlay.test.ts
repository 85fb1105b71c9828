/** Checks the author's mistakes over an open page, as `npm start` shows them: in both themes, on a phone, by keyboard. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openProblemServer, type ProblemServer } from "../../src/cli/problem-server.ts";
import { LibraryCompiler } from "../../src/publish/compile-library.ts";
import { discardingStore } from "../../src/publish/object-store.ts";
import type { Problem } from "../../src/publish/source/problem.ts";
import { bookFolder, openWorld, type World } from "../world.ts";
import { auditAccessibility, desktop, openBrowser, openPage, phone } from "./browser.ts";

let server: ProblemServer;
let world: World;
let browser: Browser;
let problems: readonly Problem[];
beforeAll(async () => {
  server = await openProblemServer();
  world = await openWorld(undefined, { settings: { SHOW_UNPUBLISHED: "yes", PROBLEMS_URL: server.url } });
  browser = await openBrowser();
  const wrong = await new LibraryCompiler(`${bookFolder("wrong")}/yaml-eats-text`, discardingStore).compile();
  if (wrong.kind !== "refused") throw new Error("It was compiled.");
  problems = wrong.problems;
});
afterAll(async () => {
  server.close();
  await browser.close();
  await world[Symbol.asyncDispose]();
});

test("they appear with file, line and the underlined spot, follow every change, and disappear", async () => {
  const { page, complaints } = await openPage(browser, `${world.url}/tea/leaves`);
  const alert = page.getByRole("alert");
  expect(await alert.count()).toBe(0);
  server.show(problems);
  await alert.waitFor();
  expect(await alert.getByRole("heading").textContent()).toBe("4 errors, 3 warnings");
  // Errors come first.
  const first = alert.getByRole("listitem").first();
  expect(await first.locator(".place").textContent()).toBe("error content/tea/leaves.md:3:46");
  expect(await first.locator(".message").textContent()).toBe(
    "Between double quotes, YAML reads the \\b of \\beta as a backspace.",
  );
  expect(await first.locator("pre code").textContent()).toBe(
    'excerpt: "Why $\\theta$ is the #1 letter, and \\beta the next; \\\\alpha is last."',
  );
  expect(await first.locator("mark").textContent()).toBe("\\beta");
  expect(await first.locator(".fix").textContent()).toMatch(/^Write \\\\beta, or put/);

  server.show(problems.slice(0, 1));
  await alert.getByRole("heading", { name: "1 warning" }).waitFor();
  server.show([]);
  await alert.waitFor({ state: "detached" });
  expect(complaints).toEqual([]);
  await page.context().close();
});

test("Escape hides them until they change; a button shows them again", async () => {
  const { page } = await openPage(browser, `${world.url}/tea/leaves`);
  server.show(problems);
  const alert = page.getByRole("alert");
  await alert.waitFor();
  await page.keyboard.press("Escape");
  await alert.waitFor({ state: "hidden" });
  const opener = page.getByRole("button", { name: "4 errors, 3 warnings" });
  await opener.focus();
  await page.keyboard.press("Enter");
  await alert.waitFor();
  // The focus is in the list, which scrolls by keyboard, and goes back to the button.
  expect(await page.evaluate("document.activeElement.shadowRoot.activeElement.localName")).toBe("ol");
  await page.keyboard.press("Escape");
  expect(await page.evaluate("document.activeElement.shadowRoot.activeElement.className")).toBe("opener");
  server.show(problems.slice(1));
  await alert.waitFor();
  server.show([]);
  await page.context().close();
});

test.each([
  ["light", desktop],
  ["dark", desktop],
  ["light", phone],
  ["dark", phone],
] as const)(
  "%s at %o: it fits, covers no more than three quarters, and axe finds nothing",
  async (colorScheme, viewport) => {
    server.show(problems);
    const { page } = await openPage(browser, `${world.url}/tea/leaves`, { viewport, colorScheme });
    const alert = page.getByRole("alert");
    await alert.waitFor();
    if (process.env.SHOTS)
      await page.screenshot({ path: `${process.env.SHOTS}/overlay-${colorScheme}-${viewport.width}.png` });
    const box = await alert.boundingBox();
    // As wide as the window, except for the scrollbar.
    expect([box?.x, (box?.height ?? Infinity) <= 0.75 * viewport.height]).toEqual([0, true]);
    expect(viewport.width - (box?.width ?? 0)).toBeLessThan(20);
    expect(await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
    expect(await auditAccessibility(page)).toEqual([]);
    server.show([]);
    await page.context().close();
  },
);

test("a deployed library shows nothing of it, and has no such address", async () => {
  await using deployed = await openWorld(undefined, { settings: { PROBLEMS_URL: server.url } });
  server.show(problems);
  const page = await deployed.get("/tea/leaves");
  expect(page.body).not.toContain(deployed.manifest.assets.liveScript);
  expect(page.body).not.toContain("problems");
  expect((await deployed.get("/preview/problems")).status).toBe(404);
  server.show([]);
});
