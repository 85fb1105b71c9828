/**
 * Writes the style rules of the reading settings. They are in no layer, so they overrule the style sheets. Sizes concern
 * the text alone: all else is arranged by media queries in rem, which do not follow the type size of the page.
 */
import { type Settings, usual } from "./record.ts";
import { screenOnly } from "./stored-rules.ts";

type Chosen = typeof usual & Settings;

/** The usual measures are those of the style sheets, in rem. */
const textSizes = { serif: 1.09375, sans: 1.2 } as const;
/** For 53, 66 and 80 characters. */
const textWidths = { short: 31, normal: 38, long: 46 } as const;
/** One line of text, and the line height of notes and captions. */
const lines = {
  tight: { text: 1.55, note: 1.3 },
  normal: { text: 1.75, note: 1.45 },
  loose: { text: 2.15, note: 1.7 },
} as const;

/** Rules for the screen; empty if everything is as usual. */
export function rulesFor(settings: Settings): string {
  const chosen: Chosen = { ...usual, ...settings };
  const scale = Number(chosen.size) / 100;
  const textSize = textSizes[chosen.face] * scale;
  const { text, note } = lines[chosen.spacing];
  const rules = [
    (settings.size || settings.face) && `.body{font-size:${rem(textSize)}}`,
    settings.size && sizeRules(scale),
    textSize > textSizes.serif && wideFormulaRules(textSize),
    (settings.size || settings.length) && widthRules(textWidths[chosen.length] * scale, smaller(scale)),
    settings.face && sansRules,
    (settings.size || settings.spacing) && `:root{--line:${rem(text * scale)}}`,
    settings.spacing && `.note,figcaption{line-height:${note}}`,
    settings.motion && stillRules,
  ].filter((each) => typeof each === "string");
  return rules.length === 0 ? "" : `${screenOnly}${rules.join("\n")}}`;
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;
const rem = (value: number): string => `${rounded(value)}rem`;

/** What is larger than the text, or beside it, grows less. */
const smaller = (scale: number): number => 1 + (scale - 1) * 0.6;

function sizeRules(scale: number): string {
  const share = smaller(scale);
  const size = (value: number) => `{font-size:${rem(value * share)}}`;
  return `.heading>h2,.heading:has(>h2)>.anchor${size(1.625)}
.heading>h3,.heading:has(>h3)>.anchor,.in-short,.standfirst${size(1.25)}
.box-title${size(1.1875)}.box-kind,.questions-more,figcaption${size(1.0625)}.note${size(1)}
@media (width>=40rem){:is(.table,.notation,.references,.changes)${size(1.0625)}.listing pre${size(0.875)}}`;
}

/**
 * Pieces of formulas are unbroken, because they fit into a window of 320 px. On a phone they keep their size within a
 * sentence, so that they still do; a displayed equation grows, and scrolls.
 */
const wideFormulaRules = (textSize: number): string => `.body :is(p,li) .katex-html{white-space:normal}
@media (width<40rem){.body :is(p,li,dd) .katex{font-size:${rounded((1.07 * textSizes.serif) / textSize)}em}}`;

/**
 * The columns of a large type are wider than the window for which media queries arrange them: the text gets what the others
 * leave of it. 4rem: the edges of the page, and a scroll bar.
 */
function widthRules(text: number, share: number): string {
  const beside = "100vw - 4rem - var(--note-width) - var(--gutter)";
  const widest = (left: string) => `:root{--text-width:min(${rem(text)},${left})}`;
  return `:root{--text-width:${rem(text)};--note-width:${rem(13.5 * share)}}
@media (60rem<=width<75rem){${widest(beside)}}
@media (width>=75rem){${widest(`${beside} - var(--rail-width) - var(--gutter)`)}}`;
}

/** The sans has no italic: emphasis stays in the serif's. */
const sansRules = `html,.entry-excerpt,.front h1,.neighbours .next b~span{font-family:var(--sans)}
.body .katex{font-size:1em}.body :is(em,i){font-size:.94em;line-height:1}.standfirst,.body blockquote{font-style:normal}:is(.book-index-more,.apparatus-more) a,.copy-markdown{padding-block:.25rem}`;

const stillRules =
  "*,::before,::after,::backdrop{scroll-behavior:auto;transition-duration:0s;transition-delay:0s;animation-duration:0s}";
