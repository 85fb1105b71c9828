/** Measures an aligned formula of a feed, in any engine: its columns, and the scripts of its letters. */
import { feedMathml } from "../../src/publish/maths/feed-mathml.ts";
import { mathmlOf } from "../publish/mail/one-mail.ts";
import type { ReaderPage } from "./reader-page.ts";

const formula = feedMathml(mathmlOf("\\begin{aligned}a_i^{(k)}+b&=d\\\\e_i^{(k)}&=f\\end{aligned}", true));

interface Columns {
  /** Left edges of the two equals signs, in pixels. */
  readonly equals: readonly number[];
  /** Distance of each script from the end of its letter, in pixels. */
  readonly scripts: readonly number[];
}

/** Replaces the page's body by the formula. */
export const measureColumns = (page: ReaderPage): Promise<Columns> =>
  page.evaluate(`(() => {
    document.body.innerHTML = ${JSON.stringify(formula)};
    const edges = (part) => part.getBoundingClientRect();
    const signs = [...document.querySelectorAll("mo")].filter((sign) => sign.textContent === "=");
    const scripts = [...document.querySelectorAll("msubsup")].flatMap(({ children: [letter, ...scripts] }) =>
      scripts.map((script) => edges(script).left - edges(letter).right));
    return { equals: signs.map((sign) => edges(sign).left), scripts };
  })()`);
