/** Operates the desk by keyboard: the calendar, a preview link, a decision; and audits its accessibility. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { href } from "../../src/routes.ts";
import { edition, openNewsletterWorld } from "../cli/editions/author.ts";
import { faultsOf } from "../desk/html-faults.ts";
import { signingKeys } from "../newsletter/newsletter-world.ts";
import { minutes } from "../newsletter/run-context.ts";
import { openWorld, type World } from "../world.ts";
import { auditAccessibility, desktop, freePort, openBrowser, openPage, phone } from "./browser.ts";

let browser: Browser;
let world: World;
beforeAll(async () => {
  const port = await freePort();
  const settings = {
    ORIGIN: `http://127.0.0.1:${port}`,
    DESK_OPEN: "local",
    TOKEN_KEYS: `${signingKeys[0]?.id}:${signingKeys[0]?.secret}`,
    MAIL_FROM: "letters@library.example",
    RESEND_API_KEY: "re_test",
  };
  [browser, world] = await Promise.all([
    openBrowser(),
    openWorld(undefined, { settings, port, identity: { email: "author@localhost" } }),
  ]);
  const post = await openNewsletterWorld(world, 250, 100);
  await post.run(minutes(0));
  await world.setClock(minutes(1));
}, 120_000);
afterAll(async () => {
  await browser.close();
  await world[Symbol.asyncDispose]();
});

/** Presses Tab until an element of that name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate<string>(
      "document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent?.trim() ?? ''",
    );
    if (focused === name) return;
  }
  throw new Error(`${name} cannot be reached by Tab.`);
}

const heading = (page: Page) => page.getByRole("heading", { level: 1 }).textContent();

test("a preview is correct and accessible, as page and as mail, on a phone in the dark", async () => {
  for (const look of [undefined, "mail"] as const) {
    const { page } = await openPage(browser, world.url + href.deskPreview("tea/cold-brew", look), {
      viewport: phone,
      colorScheme: "dark",
    });
    expect(await auditAccessibility(page)).toEqual([]);
    expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBeLessThanOrEqual(phone.width);
    expect(await faultsOf((await world.get(page.url())).body)).toEqual([]);
  }
}, 60_000);

test("from the calendar to a link to share, by keyboard alone", async () => {
  const { page, complaints } = await openPage(browser, world.url + href.deskCalendar());
  await tabTo(page, "Create a share link: Cold Brew");
  await page.keyboard.press("Enter");
  await tabTo(page, "Create link");
  await page.keyboard.press("Enter");
  await page.waitForURL(`**${href.deskPreview()}`);
  expect(await heading(page)).toBe("Share link");
  const url = (await page.locator(".listing code").textContent()) ?? "";
  expect(url).toContain(`${world.url}/preview/`);
  await tabTo(page, "Open preview");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/preview/**");
  expect(await page.locator(".preview-banner").textContent()).toContain("Preview of a scheduled chapter");
  await page.getByRole("link", { name: "View as email" }).click();
  await page.waitForURL("**/mail");
  expect(await page.frameLocator("iframe").getByRole("heading", { level: 1 }).textContent()).toContain("Cold Brew");
  expect(complaints).toEqual([]);
}, 60_000);

test("a mailing is stopped and goes on, on a phone, without a script", async () => {
  const { page, complaints } = await openPage(browser, world.url + href.deskEditions(edition), {
    viewport: phone,
    javaScriptEnabled: false,
  });
  const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
  await page.getByRole("link", { name: "Pause …" }).click();
  expect(await page.locator(".effects").textContent()).toContain("150 subscribers will not get it until you continue");
  await press("Pause");
  expect(await page.getByRole("status").textContent()).toContain("The edition is paused.");
  await page.getByRole("link", { name: "Continue …" }).click();
  expect(await page.locator(".effects").textContent()).toContain("150 subscribers will get it");
  await press("Continue");
  expect(await page.getByRole("status").textContent()).toContain("The edition will continue");
  expect(complaints).toEqual([]);
}, 60_000);

test.each([
  href.deskCalendar(),
  href.deskEditions(edition),
  href.deskAction(edition, "skip"),
  "/desk/no-such-page",
  "/preview/no-such-link",
])(
  "%s is whole and accessible, wide and narrow, light and dark",
  async (path) => {
    for (const viewport of [desktop, phone]) {
      for (const colorScheme of ["light", "dark"] as const) {
        const { page } = await openPage(browser, world.url + path, { viewport, colorScheme });
        expect(await auditAccessibility(page)).toEqual([]);
        expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBeLessThanOrEqual(viewport.width);
        await page.context().close();
      }
    }
  },
  120_000,
);
