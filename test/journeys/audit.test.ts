/** Checks that what the axe audit skips for speed hides no violation. */
import axe, { type AxeResults } from "axe-core";
import { expect, test } from "vitest";
import { auditAccessibility, openBrowser } from "./browser.ts";

const faulty = `<!doctype html><html><head><title>Tea</title></head><body>
  <p style="color: #999; background: #aaa">Grey on grey.</p>
  <img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">
  <p>Read <a href="/" style="color: #333; text-decoration: none">this</a> first.</p>
  <input type="text"><button></button><ul><p>No item.</p></ul><h4>Too deep</h4>
  <iframe srcdoc="<p>A frame without a title.</p>"></iframe>
</body></html>`;

test("our audit finds every violation that axe finds when it leaves nothing out", async () => {
  const browser = await openBrowser();
  const page = await (await browser.newContext()).newPage();
  await page.setContent(faulty);
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>("axe.run()");
  const expected = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")} ${failureSummary}`),
  );
  const found = await auditAccessibility(page);
  await browser.close();
  for (const id of ["color-contrast", "image-alt", "html-has-lang", "label", "button-name", "list", "frame-title"]) {
    expect([id, found.some((line) => line.startsWith(`${id}:`))]).toEqual([id, true]);
  }
  expect(found).toEqual(expected);
});
