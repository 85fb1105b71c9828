/** Checks links whose words look like a citation, and URLs whose parameters look like entities. */
import { expect, test } from "vitest";
import { publish } from "./one-text.ts";

test.each([
  ["[@lena](https://example.org/@lena)", '<a href="https://example.org/@lena">@lena</a>'],
  ["[@lena and @ada](https://example.org)", '<a href="https://example.org/">@lena and @ada</a>'],
  ["[@Okakura06](leaves)", '<a class="chapter" href="/tea/leaves">@Okakura06</a>'],
  ["[@a [b] `c`](leaves)", '<a class="chapter" href="/tea/leaves">@a [b] <code>c</code></a>'],
  ["[@Lena][]\n\n[@lena]: leaves", '<a class="chapter" href="/tea/leaves">@Lena</a>'],
  ["[@lena][l]\n\n[l]: leaves", '<a class="chapter" href="/tea/leaves">@lena</a>'],
])("%s is a link, not a citation", async (markdown, html) => {
  expect((await publish(`So ${markdown}`)).page).toContain(`<p>So ${html}</p>`);
});

test("a citation before a parenthesis or a note is still one", async () => {
  const { page } = await publish("So [@Okakura06] (p. 3) and [@Newton01][^n].\n\n[^n]: Hot.");
  expect(page.match(/role="doc-biblioref"/g)).toHaveLength(2);
});

test.each(["sect", "times", "reg", "curren", "para", "copy", "not", "deg", "amp", "lt"])(
  "&%s without a semicolon is part of a URL, and of a sentence",
  async (name) => {
    const url = `https://example.org/q?a=1&${name}ion=2`;
    const written = url.replace("&", "&amp;");
    const { page, feed } = await publish(`[a](${url}) <${url}> ${url} R&${name}ion`);
    const expected = `<p><a href="${written}">a</a> <a href="${written}">${written}</a> <a href="${written}">${written}</a> R&amp;${name}ion</p>`;
    expect(page).toContain(expected);
    expect(feed).toContain(expected);
  },
);
