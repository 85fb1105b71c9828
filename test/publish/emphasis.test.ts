/** Checks emphasis next to Chinese, Japanese and Korean, and that it is as in CommonMark everywhere else. */
import { describe, expect, test } from "vitest";
import { publish, withTex } from "./one-text.ts";

const pageOf = async (markdown: string): Promise<string> => withTex((await publish(markdown)).page).trim();

describe("next to CJK, stars need no spaces and no letters beside them", () => {
  test.each([
    [
      "**注意：**这里$W$是矩阵。**$W$**是对称的。",
      "<strong>注意：</strong>这里⟨W⟩是矩阵。<strong>⟨W⟩</strong>是对称的。",
    ],
    [
      "看**注意：**这里$W$是矩阵。**$W$**是矩阵。这是**$W$矩阵**吗。",
      "看<strong>注意：</strong>这里⟨W⟩是矩阵。<strong>⟨W⟩</strong>是矩阵。这是<strong>⟨W⟩矩阵</strong>吗。",
    ],
    ["这是**“引用”**吗", "这是<strong>“引用”</strong>吗"],
    ["这是**(a)**和*`x`*吗", "这是<strong>(a)</strong>和<em><code>x</code></em>吗"],
    ["看**[链接](leaves)**吗", '看<strong><a class="chapter" href="/tea/leaves">链接</a></strong>吗'],
    ["~~注意：~~这里", "<del>注意：</del>这里"],
    ["**중요(중요)**입니다", "<strong>중요(중요)</strong>입니다"],
    ["**重要（大切）**です", "<strong>重要（大切）</strong>です"],
    ["**😀**这", "<strong>😀</strong>这"],
    ["**注意：*很*重要。**这里", "<strong>注意：<em>很</em>重要。</strong>这里"],
  ])("%s", async (markdown, html) => {
    expect(await pageOf(markdown)).toBe(`<p>${html}</p>`);
  });
});

describe("elsewhere", () => {
  test.each([
    ["_x_：b", "<em>x</em>：b"],
    ["这_x_这", "这_x_这"],
    ["*a*：b **c**", "<em>a</em>：b <strong>c</strong>"],
    ["2 * 3 * 4, a*b*c", "2 * 3 * 4, a<em>b</em>c"],
    ["2 ** 3 **4", "2 ** 3 **4"],
  ])("%s", async (markdown, html) => {
    expect(await pageOf(markdown)).toBe(`<p>${html}</p>`);
  });
});
