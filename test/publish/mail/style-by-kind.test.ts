/** Tests that styling one specimen of each kind of element gives the same emails as styling every element. */
import juice from "juice";
import { expect, test } from "vitest";
import { createStyler } from "../../../src/publish/renderers/style-by-kind.ts";

const css = `
:root { --ink: #123456 }
p { margin: 0 0 16px }
li p { margin: 0 }
img { font-size: 12px; color: var(--ink) }
.wide { width: 100%; height: auto }
.data td { padding: 7px 14px 7px 0 }
.data :is(th, td):last-child { padding-right: 0 }
.data.small td { font-size: 14px }
.box > :last-child { margin-bottom: 2px }
`;
const selectors = [...css.matchAll(/^(\S[^{]*) \{/gm)].map(([, selector = ""]) => selector);

const options = { applyWidthAttributes: false, applyHeightAttributes: false, applyAttributesTableElements: false };
const withJuice = (html: string) => juice.inlineContent(html, css, options);

const pages = [
  '<p>One <img src="a" alt="x > y" width="20" style="width:20px;height:8.5px;"> line.</p><ul><li><p>An item</p></li></ul>',
  '<table class="data"><tr><th>a</th><td>b</td></tr><tr><td>1</td><td>2</td></tr></table><table class="data small"><tr><td>3</td></tr></table>',
  '<div class="box"><p>First</p><p>Last</p></div><div class="box"><p>Only<br>one</p></div>',
  '<p><img src="b" style="width:7px;height:9px;" class="wide" alt="style=&quot;"> &amp; <span style="white-space:nowrap">kept</span></p>',
  '<blockquote>{{not a template}}<p style="margin:1px 2px">own</p></blockquote>',
];

test("each element has the styles that juice gives it on its page", () => {
  const style = createStyler(selectors, withJuice);
  for (const page of [...pages, pages.join(""), ...pages.toReversed()]) expect(style(page)).toBe(withJuice(page));
});

test("a kind is resolved once, whatever the sizes of its images", () => {
  const asked: string[] = [];
  const style = createStyler(selectors, (html) => {
    asked.push(html);
    return withJuice(html);
  });
  const image = (width: number) => `<p><img src="${width}.png" style="width:${width}px;"> text</p>`;
  expect(style(image(20))).toContain('style="font-size: 12px; color: #123456; width: 20px;"');
  expect(style(image(35))).toContain('style="font-size: 12px; color: #123456; width: 35px;"');
  style(pages.join(""));
  style(pages.toReversed().join(""));
  expect(asked).toHaveLength(2);
});

test.each(["p + p", "li ~ li", "td:nth-child(2)", "a[href]", "p:first-child"])("%s is refused", (selector) => {
  expect(() => createStyler(["p", selector], withJuice)).toThrow(
    `The selector "${selector}" depends on more than the kind of an element.`,
  );
});
