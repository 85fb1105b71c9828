/** The stylesheet of chapters onto their elements. Classes stay only where a mail needs them: for the dark, and on links to chapters. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Direction } from "../../library/language.ts";
import { clothOf, code, dark, faces, ink, rule, soft } from "../../library/mail-look.ts";
import { createCache } from "../cache/memory-cache.ts";

const load = createCache<Promise<typeof import("juice")>>();

/** Rules of the sheet onto the elements that they match. juice is loaded with the first of them. */
export async function inlineContent(
  markup: string,
  css: string,
  options: { readonly xmlMode?: boolean } = {},
): Promise<string> {
  const { default: juice } = await load("juice", () => import("juice"));
  // Sizes and alignment are given where they are wanted: juice would make `height="auto"` of `height: auto`.
  return juice.inlineContent(markup, css, {
    applyWidthAttributes: false,
    applyHeightAttributes: false,
    applyAttributesTableElements: false,
    ...options,
  });
}

/** `cloth`: that of the book, the colour of its links. `direction`: of its words. */
export async function inlineStyles(
  html: string,
  cloth: string | undefined,
  direction: Direction = "ltr",
): Promise<string> {
  const sheet = direction === "rtl" ? mirrored() : styles("mail.css");
  const styled = await inlineContent(html, `${valuesFor(cloth)}${sheet}`);
  return styled.replace(/ class="([^"]*)"/g, (_, names: string) => {
    const kept = names.split(" ").filter((name) => name === "chapter" || name.startsWith("ml-"));
    return kept.length === 0 ? "" : ` class="${kept.join(" ")}"`;
  });
}

const sheets = createCache<string>();
const styles = (name: string): string =>
  sheets(name, () => readFileSync(join(import.meta.dirname, name), "utf8").replace(/\/\*[\s\S]*?\*\//g, ""));

/** Email clients know no logical properties: left and right are exchanged here, and the sides of four-valued distances. */
const mirrored = (): string =>
  sheets("mirrored", () =>
    styles("mail.css")
      // A column that Markdown aligns right stays there.
      .replace(/(?<!\.align-(?:right \{\s*text-align: )?)\b(left|right)\b/g, (side) =>
        side === "left" ? "right" : "left",
      )
      .replace(/((?:margin|padding): \S+) (\S+) (\S+) ([^\s;]+);/g, "$1 $4 $3 $2;"),
  );

function valuesFor(cloth: string | undefined): string {
  const values = {
    ...faces,
    ink,
    soft,
    rule,
    cloth: clothOf(cloth).colour,
    "code-word": code.word.light,
    "code-name": code.name.light,
    "code-text": code.text.light,
  };
  return `:root{${Object.entries(values)
    .map(([name, value]) => `--${name}:${value}`)
    .join(";")}}`;
}

/**
 * In the dark. The filter turns paper (#fffdf8) into the dark ground (#16181d) and ink into light. Figures keep
 * their hues by half a turn more, which tints their ground the other way: made a little darker than that of the
 * mail, it gives way to it. Photographs stay what they are. See formula-pictures.ts. Where pictures are off the
 * filter turns their words round: they are written in ink, so that they come out light.
 */
export const darkCss = (cloth: string | undefined): string =>
  `.ml-chapter img{filter:invert(.9137);color:${ink}}
.ml-chapter .ml-figure{filter:invert(.95) hue-rotate(180deg);mix-blend-mode:lighten}
.ml-chapter .ml-photo{filter:none;color:${dark.ink}}
.ml-edge{border-color:${clothOf(cloth).dark}!important}
.ml-frame{border-color:${dark.soft}!important}
.ml-word{color:${code.word.dark}!important}
.ml-name{color:${code.name.dark}!important}
.ml-text{color:${code.text.dark}!important}
`;
