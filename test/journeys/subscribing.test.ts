/** Subscribes on a phone without any script, changes preferences, and unsubscribes. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { href } from "../../src/routes.ts";
import { lastMail, linkIn, type NewsletterWorld, openNewsletterWorld } from "../newsletter/newsletter-world.ts";
import { auditAccessibility, colourRules, desktop, openBrowser, openPage, phone } from "./browser.ts";

let browser: Browser;
let newsletter: NewsletterWorld;
beforeAll(async () => {
  [browser, newsletter] = await Promise.all([openBrowser(), openNewsletterWorld()]);
});
afterAll(async () => {
  await browser.close();
  await newsletter[Symbol.asyncDispose]();
});

test("from the foot of a chapter to the first mail, to one's own page, and out", async () => {
  const { url } = newsletter.world;
  const { page, complaints } = await openPage(browser, `${url}/tea/cooling`, {
    viewport: phone,
    javaScriptEnabled: false,
  });
  const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
  const heading = () => page.getByRole("heading", { level: 1 }).textContent();

  await page.getByLabel("Email address").fill("ada@example.org");
  await press("Subscribe");
  expect(await heading()).toBe("Check your inbox");

  await page.goto(url + linkIn(lastMail(newsletter.resend), "confirm"));
  await press("Yes, send me new chapters");
  expect(await heading()).toBe("You are subscribed");

  await page.getByRole("link", { name: "your preferences page" }).click();
  await page.getByLabel("Weekly digest").check();
  expect(await page.getByRole("checkbox", { name: "Tea: Leaves, Water, Time" }).isVisible()).toBe(false);
  await page.getByLabel("Only these books:").check();
  await page.getByRole("checkbox", { name: "Tea: Leaves, Water, Time" }).check();
  await press("Save");
  expect(await page.getByRole("status").textContent()).toBe("Saved.");
  expect(await page.getByLabel("Weekly digest").isChecked()).toBe(true);

  await page.getByRole("link", { name: "Unsubscribe" }).click();
  await press("Unsubscribe");
  expect(await heading()).toBe("You have unsubscribed");
  await press("Subscribe me again");
  expect(await heading()).toBe("Welcome back");
  expect(complaints).toEqual([]);
});

test.each([
  ["a phone", phone],
  ["a desk", desktop],
] as const)(
  "on %s, by day and in the dark, everybody can use every page, and none is wider than the screen",
  async (_, viewport) => {
    const now = new Date().toISOString();
    const name = `at${viewport.width}`;
    const ada = await newsletter.join(`ada-${name}@example.org`, { now });
    const bob = await newsletter.join(`bob-${name}@example.org`, { now });
    await newsletter.post(bob.leave, { by: "page" }, { now });
    await newsletter.subscribe(`new-${name}@example.org`, { now });
    const confirm = linkIn(lastMail(newsletter.resend), "confirm");
    const { page } = await openPage(browser, newsletter.world.url, { viewport });
    const token = ada.preferences.split("/").at(-1) ?? "";
    const paths = [
      "/",
      "/tea/cooling",
      href.newsletter(),
      href.promise(),
      href.checkInbox(),
      href.linkSent(),
      href.preferencesLink(),
    ];
    for (const path of [...paths, confirm, href.preferences(token), ada.leave, bob.leave, href.confirm("x")]) {
      await page.emulateMedia({ colorScheme: "light" });
      await page.goto(newsletter.world.url + path, { waitUntil: "load" });
      expect([path, await auditAccessibility(page)]).toEqual([path, []]);
      await page.emulateMedia({ colorScheme: "dark" });
      expect([path, "dark", await auditAccessibility(page, colourRules)]).toEqual([path, "dark", []]);
      const overhang = await page.evaluate(
        "Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)",
      );
      expect([path, overhang]).toEqual([path, 0]);
    }
  },
);
