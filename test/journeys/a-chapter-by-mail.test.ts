/**
 * Follows a chapter to a reader on the author's own machine: visit, sign-up form, inbox, confirmation, a chapter that
 * is due, cron trigger, email, changed preferences, and one-click unsubscribe.
 */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { href } from "../../src/routes.ts";
import { keys } from "../newsletter/newsletter-world.ts";
import { bookFolder, openWorld, type World } from "../world.ts";
import { auditAccessibility, freePort, openBrowser, openPage } from "./browser.ts";

const before = "2030-05-30T10:00:00Z";
/** Cold brew is scheduled for noon. */
const due = "2030-06-01T12:05:00Z";

let browser: Browser;
let world: World;
beforeAll(async () => {
  const port = await freePort();
  const settings = {
    ORIGIN: `http://localhost:${port}`,
    MAIL_INBOX: "yes",
    MAIL_FROM: "The Tea Library <letters@localhost>",
    TOKEN_KEYS: keys,
  };
  [browser, world] = await Promise.all([openBrowser(), openWorld(bookFolder("tea"), { settings, port })]);
  await world.setClock(before);
  await world.tick(before);
});
afterAll(async () => {
  await browser.close();
  await world[Symbol.asyncDispose]();
});

test("from the first visit to the last click", async () => {
  const home = world.url.replace("127.0.0.1", "localhost");
  const { page, complaints } = await openPage(browser, `${home}/tea/cooling`);
  const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
  const heading = () => page.getByRole("heading", { level: 1 }).textContent();

  await page.getByLabel("Email address").fill("ada@example.org");
  await press("Subscribe");
  expect(await heading()).toBe("Check your inbox");

  await followFromMail(page, home, "Please confirm: new chapters of The Tea Shelf", "Yes, send me chapters");
  await world.setClock("2030-05-30T10:03:00Z");
  await press("Yes, send me new chapters");
  expect(await heading()).toBe("You are subscribed");

  await world.tick("2030-05-30T10:05:00Z");
  expect(await subjects(page, home)).toEqual([
    "Welcome to The Tea Shelf",
    "Please confirm: new chapters of The Tea Shelf",
  ]);

  await world.setClock(due);
  await world.tick(due);
  await world.tick("2030-06-01T12:10:00Z");
  expect((await subjects(page, home)).filter((subject) => subject === "Cold Brew")).toHaveLength(1);

  const mail = await openMail(page, home, "Cold Brew");
  expect(await mail.locator("body").innerText()).toContain("Put the leaves into cold water, and sleep.");
  // The inbox blocks all scripts in an email, including axe, so the email is audited on a separate page.
  const audited = await page.context().newPage();
  await audited.setContent(await (await fetch(mail.url())).text());
  // Landmarks are the task of the email client, whose page contains the email.
  const findings = await auditAccessibility(audited);
  expect(findings.filter((finding) => !/^(landmark-one-main|region):/.test(finding))).toEqual([]);
  await audited.close();

  await follow(page, mail, "Preferences");
  await page.getByLabel("Weekly digest").check();
  await press("Save");
  expect(await page.getByRole("status").textContent()).toBe("Saved.");

  await follow(page, await openMail(page, home, "Cold Brew"), "Unsubscribe");
  await press("Unsubscribe");
  expect(await heading()).toBe("You have unsubscribed");
  expect(complaints).toEqual([]);
});

test("a mail program's own button leaves with one click", async () => {
  const inbox = await (await fetch(world.url + href.inbox())).text();
  const [, path = ""] = /href="([^"]+)"[^>]*>\s*<span class="inbox-subject">Cold Brew/.exec(inbox) ?? [];
  const headers = await (await fetch(`${world.url}${path}?view=headers`)).text();
  const [, address = ""] = /&lt;(http[^&]+)&gt;/.exec(headers) ?? [];
  expect(headers).toContain("List-Unsubscribe=One-Click");
  const answer = await fetch(address.replace("localhost", "127.0.0.1"), {
    method: "POST",
    body: new URLSearchParams({ "List-Unsubscribe": "One-Click" }),
    redirect: "manual",
  });
  expect(answer.status).toBe(200);
});

async function subjects(page: Page, home: string): Promise<string[]> {
  await page.goto(home + href.inbox());
  return page.locator(".inbox-subject").allTextContents();
}

/** Opens the email that the inbox shows, on a separate page. */
async function openMail(page: Page, home: string, subject: string): Promise<Page> {
  await page.goto(home + href.inbox());
  await page.getByText(subject, { exact: true }).click();
  const address = await page.locator("iframe").getAttribute("src");
  const mail = await page.context().newPage();
  await mail.goto(home + address);
  return mail;
}

async function followFromMail(page: Page, home: string, subject: string, link: string): Promise<void> {
  await follow(page, await openMail(page, home, subject), link);
}

/** Links in an email open in the other tab. */
async function follow(page: Page, mail: Page, link: string): Promise<void> {
  const address = await mail.getByRole("link", { name: link, exact: true }).first().getAttribute("href");
  await mail.close();
  await page.goto(address ?? "");
}
