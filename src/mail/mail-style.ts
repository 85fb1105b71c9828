/**
 * The look of every mail, in strings: mail programs want styles on the elements themselves. The colours are
 * those of src/ui/styles/tokens.css. Classes are there for one thing only, the dark colours of programs
 * that know `prefers-color-scheme`.
 */

const serif = "Georgia, 'Times New Roman', serif";
const sans = "-apple-system, 'Segoe UI', Helvetica, Arial, sans-serif";

const paper = "#fffdf8";
const ink = "#1c1a17";
const soft = "#595c64";
const rule = "#dcd9d0";

interface Cloth {
  readonly light: string;
  readonly dark: string;
}

const libraryCloth: Cloth = { light: "#3b4049", dark: "#b9bec8" };

/** A book's colour: its links and its button. */
const cloths: Readonly<Record<string, Cloth>> = {
  library: libraryCloth,
  indigo: { light: "#34408c", dark: "#aab4f2" },
  green: { light: "#1d5c45", dark: "#8fccae" },
  madder: { light: "#8f2d38", dark: "#eb9ea4" },
  ochre: { light: "#77540d", dark: "#dcb869" },
  slate: { light: "#3c4a57", dark: "#abbac8" },
};

/** A cloth's colour on paper, and the classes that change it in the dark: of text, and of a ground. */
export function clothOf(name: string | undefined): { colour: string; link: string; ground: string } {
  const known = name !== undefined && Object.hasOwn(cloths, name) ? name : "library";
  return { colour: (cloths[known] ?? libraryCloth).light, link: `ml-link-${known}`, ground: `ml-ground-${known}` };
}

/** Styles of the elements that letters are made of. */
export const style = {
  page: `margin:0;padding:0;width:100%;background-color:${paper};color:${ink};-webkit-text-size-adjust:100%;`,
  column: "width:100%;max-width:600px;",
  inner: "padding:28px 24px 40px 24px;",
  /** In the colour of the paper, for the one Gmail that shows what is hidden. */
  preheader: `display:none;font-size:1px;line-height:1px;color:${paper};mso-hide:all;`,
  /** Some programs drop the body element; this table then is the ground. */
  ground: `background-color:${paper};`,
  masthead: `font-family:${sans};font-size:16px;line-height:22px;font-weight:bold;color:${ink};text-decoration:none;`,
  mastheadCell: `padding:0 0 14px 0;border-bottom:1px solid ${rule};`,
  body: `padding:30px 0 36px 0;font-family:${serif};font-size:17px;line-height:27px;color:${ink};`,
  kicker: `margin:0 0 6px 0;font-family:${sans};font-size:15px;line-height:21px;color:${soft};`,
  heading: `margin:0 0 16px 0;font-family:${serif};font-size:28px;line-height:34px;font-weight:bold;color:${ink};`,
  entryHeading: `margin:0 0 4px 0;font-family:${serif};font-size:20px;line-height:27px;font-weight:bold;color:${ink};`,
  paragraph: `margin:0 0 16px 0;font-family:${serif};font-size:17px;line-height:27px;color:${ink};`,
  standfirst: `margin:0 0 12px 0;font-family:${serif};font-size:18px;line-height:27px;font-style:italic;color:${soft};`,
  quiet: `margin:0 0 16px 0;font-family:${sans};font-size:15px;line-height:22px;color:${soft};`,
  after: `padding:18px 0 0 0;border-top:1px solid ${rule};`,
  entry: `padding:22px 0 6px 0;border-top:1px solid ${rule};`,
  buttonText: `display:inline-block;padding:12px 26px;font-family:${sans};font-size:16px;line-height:20px;font-weight:bold;color:#ffffff;text-decoration:none;`,
  footer: `padding:16px 0 0 0;border-top:1px solid ${rule};font-family:${sans};font-size:14px;line-height:21px;color:${soft};`,
  footerParagraph: `margin:0 0 10px 0;font-family:${sans};font-size:14px;line-height:21px;color:${soft};`,
  footerLink: `color:${soft};text-decoration:underline;`,
} as const;

/** Of the whole mail; a block of its own, so that a program that stumbles over the dark one keeps this. */
export const baseCss = ":root{color-scheme:light dark;supported-color-schemes:light dark}";

/** The query around everything dark; the local inbox turns it on by force. */
export const darkQuery = "(prefers-color-scheme: dark)";

/** Dark colours, and after them those that a chapter brings along. */
export const darkStyles = (more = ""): string => `@media ${darkQuery}{
.ml-paper{background-color:#16181d!important}
.ml-ink{color:#dcdad3!important}
.ml-soft{color:#a3a5a8!important}
.ml-rule{border-color:#353942!important}
${Object.entries(cloths)
  .map(
    ([name, { dark }]) =>
      `.ml-link-${name}{color:${dark}!important}\n.ml-ground-${name}{background-color:${dark}!important}`,
  )
  .join("\n")}
.ml-on-cloth{color:#16181d!important}
${more}}`;
