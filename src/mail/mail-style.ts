/**
 * Defines the styles of emails as strings, because email clients need them inline. Classes serve only dark mode, in
 * clients that support `prefers-color-scheme`, and narrow screens.
 */
import { cloths, dark, faces, ink, paper, rule, soft } from "../library/mail-look.ts";

const { serif, sans } = faces;

/** Inline styles by element. */
export const style = {
  page: `margin:0;padding:0;width:100%;background-color:${paper};color:${ink};-webkit-text-size-adjust:100%;`,
  column: "width:100%;max-width:600px;",
  /**
   * Breaks a word that is wider than a phone and would widen the table. `overflow-wrap: anywhere` does the same, but Gmail
   * and Outlook drop it.
   */
  inner: "padding:28px 24px 40px 24px;word-break:break-word;",
  /** In the colour of the paper, because one version of Gmail shows hidden text. */
  preheader: `display:none;font-size:1px;line-height:1px;color:${paper};mso-hide:all;`,
  /** Some clients drop the body element; then this table has the background. */
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

const colourSchemes = ":root{color-scheme:light dark;supported-color-schemes:light dark}";

const narrowQuery = "(max-width: 480px)";

/** Phones need the width for text. */
const narrowRules = ".ml-column{padding-left:16px!important;padding-right:16px!important}\n";

/** Media query around all dark rules; the local inbox replaces it to force them on or off. */
export const darkQuery = "(prefers-color-scheme: dark)";

/** Dark colours, followed by those of the chapter; a rule on each line. */
const darkRules = (more: string): string => `.ml-paper{background-color:${dark.paper}!important}
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
${more}`;

/** Matches only in Gecko. */
const geckoQuery = "(min--moz-device-pixel-ratio: 0)";

/**
 * Thunderbird's own dark mode drops dark values of `color`: letters on a button would be white, and alt text light. The
 * dark rules invert alt text with its image, so ink becomes light there.
 */
const thunderbirdRules = `.ml-on-cloth{-webkit-text-fill-color:${dark.paper}}
.ml-chapter img{-webkit-text-fill-color:${ink}}
.ml-photo{-webkit-text-fill-color:${dark.ink}!important}
`;

export interface StyleSheet {
  readonly css: string;
  /** Of the style element. */
  readonly media?: string;
}

/**
 * The style elements of an email. Gmail drops an element in which it cannot parse something, so each has one purpose.
 * Thunderbird drops `@media` but reads the attribute `media`, so conditional rules are sent in both forms.
 */
export const styleSheets = (moreDark = ""): StyleSheet[] => [
  { css: colourSchemes },
  ...conditional(narrowQuery, narrowRules),
  ...conditional(darkQuery, darkRules(moreDark)),
  { css: ownDocument(thunderbirdRules), media: `${darkQuery} and ${geckoQuery}` },
];

const conditional = (media: string, rules: string): StyleSheet[] => [
  { css: `@media ${media}{\n${rules}}` },
  { css: ownDocument(rules), media },
];

/**
 * Restricts rules to an email that is a document of its own, because a webmail that removed the attribute `media` would
 * always apply them. There, `html:root` is invalid or matches nothing.
 */
const ownDocument = (rules: string): string => rules.replace(/^(?=\.)/gm, "html:root ");
