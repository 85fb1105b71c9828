/** Checks deleting an answer to "Was this clear?": confirmed first, by the author only, and nothing of it is left. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { href } from "../../src/routes.ts";
import { auditAccessibility, openBrowser, openPage } from "../journeys/browser.ts";
import { type Desk, openDesk, tokenIn, wordsOf } from "./author.ts";
import { openDesk as openBrowsedDesk, setDesk } from "./author-browser.ts";
import { faultsOf } from "./html-faults.ts";

describe("over HTTP", () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
  });
  afterAll(() => desk[Symbol.asyncDispose]());
  beforeEach(async () => {
    const database = await desk.world.database();
    await database.exec("DELETE FROM feedback");
    await database
      .prepare(
        `INSERT INTO feedback (id, page, at, clear, words) VALUES
          ('f1', 'tea/cooling', '2026-02-02T08:00:00.000Z', 0, 'My name is Ada, and <b>why</b> the minus?'),
          ('f2', 'tea/leaves', '2026-02-03T08:00:00.000Z', 1, NULL)`,
      )
      .run();
  });

  const rows = async (): Promise<unknown[]> => {
    const { results } = await (await desk.world.database()).prepare("SELECT id FROM feedback ORDER BY id").all();
    return results.map(({ id }) => id);
  };
  const action = href.deskDeleteFeedback("f1");

  test("each answer leads to a page that shows it and asks, and changes nothing", async () => {
    const list = await desk.see(href.deskFeedback());
    expect(list.body).toContain(`href="${action}"`);
    expect(list.body).toContain(`href="${href.deskDeleteFeedback("f2")}"`);
    const page = await desk.see(action);
    expect(page.status).toBe(200);
    expect(await faultsOf(page.body)).toEqual([]);
    expect(wordsOf(page.body)).toContain("Delete this answer?");
    expect(page.body).toContain("My name is Ada, and &lt;b&gt;why&lt;/b&gt; the minus?");
    expect(wordsOf(page.body)).toContain("This cannot be undone.");
    await desk.see(action, { method: "HEAD" });
    await desk.see(`${action}?token=${encodeURIComponent(tokenIn(page.body))}`);
    expect(await rows()).toEqual(["f1", "f2"]);
  });

  test("once confirmed, nothing of it remains, also in the counts; a second time changes nothing", async () => {
    const { body } = await desk.see(action);
    for (let turn = 0; turn < 2; turn += 1) {
      const answer = await desk.post(action, { token: tokenIn(body) });
      expect([answer.status, answer.headers.get("Location")]).toEqual([303, href.deskFeedback()]);
      expect(await rows()).toEqual(["f2"]);
    }
    const list = await desk.see(href.deskFeedback());
    expect(list.body).not.toContain("Ada");
    expect(wordsOf(list.body)).toContain("1 of 1 answer said yes (100 %).");
    expect((await desk.see(action)).status).toBe(404);
  });

  test("only a form of the author's own, and a fresh one, deletes", async () => {
    const token = tokenIn((await desk.see(action)).body);
    // One after the other, because they share a clock.
    const foreign = [
      () => desk.post(action, {}),
      () => desk.post(action, { token: `${token}x` }),
      () => desk.post(action, { token }, { as: "somebody@library.example" }),
      () => desk.post(action, { token }, { now: "2026-03-01T16:00:01Z" }),
      () => desk.post(action, { token }, { headers: { Origin: "https://evil.example" } }),
      () => desk.see(action, { method: "DELETE", headers: { Origin: desk.world.origin } }),
    ];
    for (const ask of foreign) expect((await ask()).status).toBe(403);
    const stranger = await desk.world.get(action, { method: "POST", body: new URLSearchParams({ token }).toString() });
    expect(stranger.status).toBe(403);
    expect(await rows()).toEqual(["f1", "f2"]);
  });

  test.each([
    ["/desk/feedback?open=yes&clear=no", "/desk/feedback?open=yes&clear=no"],
    ["/desk/reading/tea/cooling", "/desk/reading/tea/cooling"],
    ["/newsletter/", "/desk/feedback"],
    ["//evil.example/desk/feedback", "/desk/feedback"],
    ["/desk/editions/x/stop", "/desk/feedback"],
  ])("chosen on %s, it leads back to %s", async (from, to) => {
    const page = await desk.see(action, { headers: { Referer: desk.world.origin + from } });
    expect(page.body).toContain(`<a href="${to.replaceAll("&", "&amp;")}">Cancel</a>`);
    const answer = await desk.post(action, { token: tokenIn(page.body), back: from });
    expect(answer.headers.get("Location")).toBe(to);
  });
});

test("by keyboard alone, on a screen of 320 px, without a script", async () => {
  await using browser = await openBrowser();
  const { world, headers } = await openBrowsedDesk();
  try {
    await setDesk(world, "year");
    const count = async () => (await world.database()).prepare("SELECT COUNT(*) AS n FROM feedback").first("n");
    const before = Number(await count());
    const { page, complaints } = await openPage(browser, `${world.url}${href.deskFeedback()}?clear=no`, {
      viewport: { width: 320, height: 640 },
      javaScriptEnabled: false,
      extraHTTPHeaders: headers,
    });
    const link = page.getByRole("link", { name: /^Delete the answer of / }).first();
    const box = await link.boundingBox();
    expect(Math.min(box?.height ?? 0, box?.width ?? 0)).toBeGreaterThanOrEqual(24);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(320);
    await link.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Delete this answer?" }).waitFor();
    expect(await page.locator("blockquote, .answer-head").count()).toBeGreaterThan(0);
    const button = page.getByRole("button", { name: "Delete" });
    expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(24);
    await button.focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(`${world.url}${href.deskFeedback()}?clear=no`);
    expect(Number(await count())).toBe(before - 1);
    expect(complaints).toEqual([]);
    await page.context().close();

    const narrow = await openPage(browser, world.url + href.deskFeedback(), {
      viewport: { width: 320, height: 640 },
      extraHTTPHeaders: headers,
    });
    const address = await narrow.page
      .getByRole("link", { name: /^Delete the answer of / })
      .first()
      .getAttribute("href");
    for (const path of [href.deskFeedback(), address ?? ""]) {
      await narrow.page.goto(world.url + path);
      const tooWide = await narrow.page.evaluate("document.documentElement.scrollWidth - innerWidth");
      expect([path, Math.max(0, Number(tooWide))]).toEqual([path, 0]);
      expect([path, await auditAccessibility(narrow.page)]).toEqual([path, []]);
    }
    await narrow.page.context().close();
  } finally {
    await world[Symbol.asyncDispose]();
  }
}, 240_000);
