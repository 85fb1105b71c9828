/** Maps British spellings to American ones, so that either finds both: `neighbourhood`, `normalise`, `labelled`. */

const ours = [
  "armour behaviour colour endeavour favour flavour harbour honour humour labour neighbour odour parlour rigour",
  "rumour savour splendour tumour vapour vigour",
]
  .join(" ")
  .split(" ");

/** Verbs that double their l in British spelling only: not `called`, `controlled`. */
const doubled = [
  "cancel channel counsel dial equal fuel initial label level marvel model panel parcel pencil quarrel rival shovel",
  "signal spiral total travel tunnel",
]
  .join(" ")
  .split(" ");

/** Whole words, or beginnings of words if they end in `-`. */
const pairs: readonly (readonly [british: string, american: string])[] = [
  ["centre", "center"],
  ["centred", "centered"],
  ["centring", "centering"],
  ["metre", "meter"],
  ["litre", "liter"],
  ["fibre", "fiber"],
  ["theatre", "theater"],
  ["calibre", "caliber"],
  ["lustre", "luster"],
  ["defence", "defense"],
  ["offence", "offense"],
  ["licence", "license"],
  ["pretence", "pretense"],
  ["analogue", "analog"],
  ["catalogue", "catalog"],
  ["dialogue", "dialog"],
  ["grey", "gray"],
  ["programme", "program"],
  ["judgement", "judgment"],
  ["acknowledgement", "acknowledgment"],
  ["ageing", "aging"],
  ["learnt", "learned"],
  ["spelt", "spelled"],
  ["towards", "toward"],
  ["maths", "math"],
  ["artefact", "artifact"],
  ["aluminium", "aluminum"],
  ["sceptic", "skeptic"],
  ["sceptical", "skeptical"],
  ["mould", "mold"],
  ["plough", "plow"],
  ["sulphur", "sulfur"],
  ["encyclopaedia", "encyclopedia"],
];

const americanOf: ReadonlyMap<string, string> = new Map(
  pairs.flatMap(([british, american]) => [
    [british, american],
    [`${british}s`, `${american}s`],
  ]),
);

const ourForm = new RegExp(`^(mis|dis|un)?(${ours.map((word) => word.slice(0, -3)).join("|")})our`);
const doubledForm = new RegExp(`^(re|un|mis)?(${doubled.join("|")})l(ed|ing|er|ers)$`);
/** Also maps words that are spelled like that everywhere, such as `exercise`: no other word becomes the same by that. */
const iseForm = /^(.{3,})is(e|ed|es|ing|er|ers|able|ation|ations|ational)$/;
const yseForm = /^(.{3,})ys(e|ed|er|ers|ing)$/;

/** `word`: an English word in lower case. */
export function americanSpelling(word: string): string {
  const known = americanOf.get(word);
  if (known !== undefined) return known;
  return word
    .replace(ourForm, "$1$2or")
    .replace(doubledForm, "$1$2$3")
    .replace(iseForm, "$1iz$2")
    .replace(yseForm, "$1yz$2");
}
