/**
 * The look of every mail, in strings: mail programs want styles on the elements themselves. Classes are
 * there for one thing only, the dark colours of programs that know `prefers-color-scheme`.
 */
import { cloths, dark, faces, ink, paper, rule, soft } from "../library/mail-look.ts";

const { serif, sans } = faces;

/** Styles of the elements that letters are made of. */
export const style = {
  page: `margin:0;padding:0;width:100%;background-color:${paper};color:${ink};-webkit-text-size-adjust:100%;`,
  column: "width:100%;max-width:600px;",
  /**
   * A word that is longer than a phone is wide breaks: a table would grow with it. `overflow-wrap: anywhere` does the
   * same, but Gmail and Outlook drop it.
   */
  inner: "padding:28px 24px 40px 24px;word-break:break-word;",
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
export const baseCss =
  ":root{color-scheme:light dark;supported-color-schemes:light dark}" +
  // A phone has no room to give away.
  "@media (max-width:480px){.ml-column{padding-left:16px!important;padding-right:16px!important}}";

/** The query around everything dark; the local inbox turns it on by force. */
export const darkQuery = "(prefers-color-scheme: dark)";

/** Dark colours, and after them those that a chapter brings along. */
export const darkStyles = (more = ""): string => `@media ${darkQuery}{
.ml-paper{background-color:${dark.paper}!important}
.ml-ink{color:${dark.ink}!important}
.ml-soft{color:${dark.soft}!important}
.ml-rule{border-color:${dark.rule}!important}
${Object.entries(cloths)
  .map(
    ([name, cloth]) =>
      `.ml-link-${name}{color:${cloth.dark}!important}\n.ml-ground-${name}{background-color:${cloth.dark}!important}`,
  )
  .join("\n")}
.ml-on-cloth{color:${dark.paper}!important}
${more}}`;
