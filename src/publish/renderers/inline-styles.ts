/**
 * Inlines the stylesheet of chapters for email. Classes are kept only where an email needs them: for dark mode, and on
 * links to chapters.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Direction } from "../../library/language.ts";
import { clothOf, code, dark, faces, ink, rule, soft } from "../../library/mail-look.ts";
import { createCache } from "../cache/memory-cache.ts";
import { createStyler } from "./style-by-kind.ts";

type Juice = typeof import("juice");

const load = createCache<Promise<Juice>>();

/** On first use. */
const loadJuice = (): Promise<Juice> => load("juice", () => import("juice"));

interface Options {
  readonly xmlMode?: boolean;
}

/** Inlines CSS rules into markup. */
export const inlineContent = async (markup: string, css: string, options?: Options): Promise<string> =>
  inlineWith(await loadJuice(), markup, css, options);

// Attributes for sizes and alignment are written where they are needed: juice would turn `height: auto` into
// `height="auto"`.
const inlineWith = ({ default: juice }: Juice, markup: string, css: string, options: Options = {}): string =>
  juice.inlineContent(markup, css, {
    applyWidthAttributes: false,
    applyHeightAttributes: false,
    applyAttributesTableElements: false,
    ...options,
  });

const stylers = createCache<ReturnType<typeof createStyler>>();

/** `cloth`: the book's, for the colour of links. `direction`: of the text. */
export async function inlineStyles(
  html: string,
  cloth: string | undefined,
  direction: Direction = "ltr",
): Promise<string> {
  const css = `${valuesFor(cloth)}${direction === "rtl" ? mirrored() : styles("mail.css")}`;
  const juice = await loadJuice();
  const style = stylers(css, () => createStyler(selectorsOf(css), (specimens) => inlineWith(juice, specimens, css)));
  return style(html).replace(/ class="([^"]*)"/g, (_, names: string) => {
    const kept = names.split(" ").filter((name) => name === "chapter" || name.startsWith("ml-"));
    return kept.length === 0 ? "" : ` class="${kept.join(" ")}"`;
  });
}

/** Of a sheet without comments and at-rules. */
const selectorsOf = (css: string): string[] => css.split("}").map((rule) => rule.split("{")[0]?.trim() ?? "");

const sheets = createCache<string>();
const styles = (name: string): string =>
  sheets(name, () => readFileSync(join(import.meta.dirname, name), "utf8").replace(/\/\*[\s\S]*?\*\//g, ""));

/**
 * Email clients do not support logical properties: left and right are swapped here, also in shorthands of four values.
 */
const mirrored = (): string =>
  sheets("mirrored", () =>
    styles("mail.css")
      // A column that Markdown aligns right stays right-aligned.
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
 * Colour of alt text in dark mode. Clients that show it invert it with the image, or support no filters (Outlook.com,
 * Fastmail): its contrast is at least 4.5 in both cases, which no grey achieves.
 */
const altText = "#5a8a82";

/**
 * Dark mode. The filter inverts paper (#fffdf8) into the dark background (#16181d), and ink into a light colour.
 * Figures keep their hues through an additional rotation by half a turn, which tints their background the other way: it
 * is made slightly darker than that of the email, so that `lighten` hides it. Photographs are unchanged. See
 * formula-pictures.ts. Alt text in Thunderbird: see src/mail/mail-style.ts.
 */
export const darkCss = (cloth: string | undefined): string =>
  `.ml-chapter img{filter:invert(.9137);color:${altText}}
.ml-chapter .ml-figure{filter:invert(.95) hue-rotate(180deg);mix-blend-mode:lighten}
.ml-chapter .ml-photo{filter:none;color:${dark.ink}}
.ml-edge{border-color:${clothOf(cloth).dark}!important}
.ml-frame{border-color:${dark.soft}!important}
.ml-word{color:${code.word.dark}!important}
.ml-name{color:${code.name.dark}!important}
.ml-text{color:${code.text.dark}!important}
`;
