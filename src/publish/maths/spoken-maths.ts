/**
 * Words a formula as it is read aloud: `square root of d sub k`, `x sub i squared`, `Q K transpose over n`. Different
 * formulas have different words: scripts are announced, and everything compound in them is in brackets.
 *
 * Speech Rule Engine was rejected. It knows far more mathematics, but reads ⊤ as "normal down tack power" and
 * `\operatorname{Re}` as "real of", takes 10 ms per formula, and every second result needed correction. Brackets are
 * kept: readers with images turned off see them, and screen readers pause at them.
 */
import {
  bracketsOf,
  type Fenced,
  inBraces,
  isAligned,
  isApplied,
  isExpectation,
  isFollowedUp,
  isInBrackets,
  isIndex,
  isJoining,
  isLabelled,
  isLayer,
  isOneThing,
  isOperator,
  isPartial,
  isProductOfNumbers,
  isSumSign,
  isVector,
  leadingPrimes,
  plain,
  takesWhatFollows,
} from "./maths-roles.ts";
import {
  accents,
  greekName,
  namesOfFunctions,
  namesOfSigns,
  operations,
  prefixes,
  relations,
  spokenMarks,
} from "./maths-signs.ts";
import { isDifferential, type MathsNode, parseMaths } from "./maths-tree.ts";

/** BCP 47. A grammar rather than a list of words, so it is not part of `ui/words`: another language needs its own. */
export const spokenLanguage = "en";

/** Without the full stop or comma at the end of the formula. */
export const mathsInWords = (mathml: string): string =>
  say(parseMaths(mathml))
    .replace(/ +([,;.:!)\]])/g, "$1")
    .replace(/([([]) +/g, "$1")
    .replace(/\s+/g, " ")
    .replace(/[\s,;.]+$/, "")
    .trim();

function say(node: MathsNode): string {
  switch (node.kind) {
    case "row":
      return sayRow(node.items);
    case "letter":
      return sayLetter(node.text);
    case "name":
      return namesOfFunctions[node.text] ?? plain(node.text);
    case "number":
      return plain(node.text);
    case "words":
      return node.text.trim();
    case "operator":
      return saySign(node.text);
    case "space":
      return "";
    case "scripts":
      return sayScripts(node);
    case "accent":
      return sayAccent(node.base, node.mark);
    case "fraction":
      return node.hasLine ? sayFraction(node.over, node.under) : `${say(node.over)} choose ${say(node.under)}`;
    case "root":
      return `${rootName(node.degree)} of ${grouped(node.of, true)}`;
    case "table":
      return sayTable(node.rows);
    case "fenced":
      return sayFenced(node);
  }
}

const sayLetter = (letter: string): string =>
  namesOfSigns[letter] ?? prefixes[letter] ?? greekName(plain(letter)) ?? plain(letter);

const saySign = (sign: string): string =>
  relations[sign] ?? operations[sign] ?? namesOfSigns[sign] ?? prefixes[sign] ?? sign;

function sayRow(items: readonly MathsNode[]): string {
  const seen = withFractions(items.filter(({ kind }) => kind !== "space"));
  return seen
    .map((item, index) => {
      const [before, next] = [seen[index - 1], seen[index + 1]];
      if (item.kind === "operator") return sayOperator(item.text, before, next, seen);
      const [brackets, bracketsNext] = [bracketsOf(item), bracketsOf(next)];
      if (brackets && before && isApplied(before, brackets))
        return `of ${item === brackets ? sayArguments(brackets, isFollowedUp(next)) : say(item)}`;
      const isFollowed = isFollowedUp(next);
      if (takesWhatFollows(item) && isFollowed && !(bracketsNext && isApplied(item, bracketsNext)))
        return `${say(item)} of`;
      if (item.kind === "fraction" && (isFollowed || (before && !isOperator(before)))) return bracketed(say(item));
      // Without "times", "size of E F" could be that of both.
      return isFollowed && brackets && /[|‖⌊⌈]/.test(brackets.open) ? `${say(item)} times` : say(item);
    })
    .join(" ");
}

/** A fraction next to a factor is ambiguous without brackets. */
const bracketed = (fraction: string): string => (fraction.includes(" over ") ? `(${fraction})` : fraction);

const shares: Readonly<Record<string, string>> = { "1/2": "one half", "1/3": "one third", "1/4": "one quarter" };

/** Merges inline fractions such as `1/2` into one item. */
function withFractions(items: readonly MathsNode[]): MathsNode[] {
  const seen: MathsNode[] = [];
  for (const item of items) {
    const [over, slash] = [seen.at(-2), seen.at(-1)];
    const isShare =
      over?.kind === "number" && slash?.kind === "operator" && slash.text === "/" && item.kind === "number";
    const words = isShare ? shares[`${over.text}/${item.text}`] : undefined;
    if (words === undefined) seen.push(item);
    else seen.splice(-2, 2, { kind: "words", text: words });
  }
  return seen;
}

function sayOperator(
  sign: string,
  before: MathsNode | undefined,
  next: MathsNode | undefined,
  row: readonly MathsNode[],
): string {
  // A matrix is worded with commas and semicolons of its own.
  if (sign === "," && bracketsOf(before)?.inside.kind === "table") return ".";
  // Alone, as in `max(0, ·)`, it is a placeholder.
  if ((sign === "⋅" || sign === "·") && (!isFollowedUp(before) || next === undefined)) return "dot";
  if (sign === "⋅" || sign === "·") return [before, next].every((side) => side && isVector(side)) ? "dot" : "times";
  if (sign === "×" && isProductOfNumbers(before, next, row)) return "times";
  if (isSumSign(sign)) return next && !isOperator(next) ? `${saySign(sign)} of` : saySign(sign);
  if (sign === "∇") return next && !isOperator(next) ? "gradient of" : "gradient";
  return saySign(sign);
}

/** Arguments of a function, without brackets if there is one and nothing follows that could belong to it. */
const sayArguments = (fenced: Fenced, isFollowed: boolean): string =>
  isOneThing(fenced.inside) && fenced.open === "(" && !isFollowed ? say(fenced.inside) : say(fenced);

function sayFenced({ open, close, inside }: Fenced): string {
  if (inside.kind === "table") return close === "" ? sayCases(inside.rows) : sayTable(inside.rows);
  const words = say(inside);
  if (inside.kind === "fraction" && !inside.hasLine) return words;
  switch (open) {
    case "|":
      return `${inside.kind === "letter" && /^\p{Lu}$/u.test(plain(inside.text)) ? "size" : "absolute value"} of ${grouped(inside, true)}`;
    case "‖":
      return `norm of ${grouped(inside, true)}`;
    case "⌊":
      return `floor of ${grouped(inside, true)}`;
    case "⌈":
      return `ceiling of ${grouped(inside, true)}`;
    case "⟨":
      return `inner product of (${words})`;
    case "{":
      return `the ${inBraces(inside) ? "multi" : ""}set of ${saySet(inBraces(inside)?.inside ?? inside)}`;
    default:
      return `${open}${words}${close}`;
  }
}

/** `{h : i ∈ V}`: the first colon or bar separates the elements from their condition. */
function saySet(inside: MathsNode): string {
  const items = inside.kind === "row" ? inside.items : [inside];
  const divider = items.findIndex((item) => item.kind === "operator" && /^[:|]$/.test(item.text));
  if (divider === -1) return say(inside);
  return `${sayRow(items.slice(0, divider))} such that ${sayRow(items.slice(divider + 1))}`;
}

/** In brackets if it is compound; products too if something follows that could belong to them. */
function grouped(node: MathsNode, evenProducts: boolean): string {
  if (node.kind !== "row") return node.kind === "fraction" ? `(${say(node)})` : say(node);
  const items = withFractions(node.items.filter(({ kind }) => kind !== "space"));
  const isSum = items.some((item, index) => item.kind === "operator" && index > 0 && prefixes[item.text] === undefined);
  const isPrefixed = items.length === 2 && (items[0]?.kind === "operator" || isPartial(items[0]));
  return isSum || (evenProducts && items.length > 1 && !isPrefixed) ? `(${say(node)})` : say(node);
}

function rootName(degree: MathsNode | undefined): string {
  const which = degree === undefined ? "2" : say(degree);
  return { "2": "square root", "3": "cube root" }[which] ?? `root ${which}`;
}

function sayFraction(over: MathsNode, under: MathsNode): string {
  const top = grouped(over, false);
  const bottom = isDifferential(under, over) ? say(under) : grouped(under, true);
  return shares[`${top}/${bottom}`] ?? `${top} over ${bottom}`;
}

function sayAccent(base: MathsNode, mark: string): string {
  const spoken = accents[mark]?.spoken;
  if (spoken === undefined) return grouped(base, false);
  return `${base.kind === "scripts" || base.kind === "root" ? inBrackets(say(base)) : grouped(base, true)} ${spoken}`;
}

function sayTable(rows: readonly (readonly MathsNode[])[]): string {
  const cells = rows.map((row) => row.map(say).filter((cell) => cell !== ""));
  const columns = Math.max(...rows.map((row) => row.length));
  const isGrid = columns > 1 && cells.every((row) => row.length === columns) && !rows.some(isAligned);
  if (!isGrid) return cells.map((row) => row.join(" ").replace(/[\s,;.]+$/, "")).join("; ");
  return `${rows.length} by ${columns} matrix, ${cells.map((row, index) => `row ${index + 1}: ${row.join(", ")}`).join("; ")}`;
}

/** Each row has a value and its condition. */
const sayCases = (rows: readonly (readonly MathsNode[])[]): string =>
  rows
    .map(([value, condition]) => {
      const [spoken, when] = [value, condition].map((cell) => (cell ? say(cell).replace(/[\s,;.]+$/, "") : ""));
      return when ? `${spoken} ${/^(if|else|otherwise|for|when)\b/.test(when) ? "" : "if "}${when}` : spoken;
    })
    .join("; ");

type Scripts = Extract<MathsNode, { kind: "scripts" }>;

function sayScripts({ base, below, above }: Scripts): string {
  const root = sayBase(base, below, above);
  const power = above === undefined ? "" : ` ${saySuperscript(above, below !== undefined)}`;
  if (base.kind === "fenced" && base.open === "‖" && below)
    return above === undefined ? `${say(below)}-${say(base)}` : `(${say(below)}-${say(base)})${power}`;
  if (isJoining(base)) return `concatenation${limits(below, above)}`;
  if (base.kind === "operator" && isSumSign(base.text)) return `${root}${limits(below, above)}`;
  if (isLabelled(base)) return `${root}${sayLabel(above, "above")}${sayLabel(below, "below")}`;
  if (below && (base.kind === "name" || isExpectation(base)) && !isIndex(below))
    return `${root}${power} over ${say(below)},`;
  const preposition = base.kind === "name" ? indexWord(base.text) : undefined;
  if (below && preposition !== undefined) return `${root} ${preposition} ${say(below)}${power}`;
  const sub = below === undefined ? "" : ` ${base.kind === "fenced" ? sayEntry(below) : saySubscript(below)}`;
  return root + sub + power;
}

/** In brackets if the scripts could belong to its last part: `norm of x squared` would be that of a square. */
function sayBase(base: MathsNode, below: MathsNode | undefined, above: MathsNode | undefined): string {
  const isAmbiguous =
    ["root", "fraction", "row"].includes(base.kind) ||
    (base.kind === "fenced" && !/[([]/.test(base.open)) ||
    (base.kind === "scripts" && ((base.above && above) || (base.below && below)));
  return isAmbiguous && !isLabelled(base) ? inBrackets(say(base)) : say(base);
}

const sayLabel = (label: MathsNode | undefined, place: "above" | "below"): string =>
  label === undefined ? "" : ` with ${grouped(label, true)} ${place}`;

const inBrackets = (words: string): string => (/[ -]/.test(words) ? `(${words})` : words);

/** `log_2`, `max_x`; undefined for `head_i`. */
const indexWord = (name: string): string | undefined =>
  name === "log" ? "base" : /^(arg|max|min|sup|inf|lim)/.test(name) ? "over" : undefined;

function limits(below: MathsNode | undefined, above: MathsNode | undefined): string {
  if (below === undefined) return above === undefined ? "" : ` to ${say(above)}`;
  if (above !== undefined) return ` from ${say(below)} to ${say(above)}`;
  return ` over ${sayCondition(below)}${below.kind === "row" ? "," : ""}`;
}

/** `s : ℓ > t` below a sum. */
const sayCondition = (node: MathsNode): string => say(node).replace(/ ?: /, " such that ");

/** `(A²)₃₄` is the entry in row 3, column 4. */
const sayEntry = (node: MathsNode): string =>
  node.kind === "number" && /^\d\d$/.test(node.text) ? `sub (${[...node.text].join(" ")})` : saySubscript(node);

/** `x sub i y` is a product, `x sub (i y)` has two indices. */
const saySubscript = (node: MathsNode): string =>
  `sub ${isInBrackets(node) ? say(node) : inBrackets(say(node).replace(/ ?: /, " to "))}`;

function saySuperscript(node: MathsNode, isBesideIndex: boolean): string {
  if (node.kind === "operator" || node.kind === "letter") {
    const spoken = spokenMarks[node.text];
    if (spoken !== undefined) return spoken;
  }
  const primes = node.kind === "row" ? leadingPrimes(node.items) : 0;
  if (node.kind === "row" && primes > 0) {
    const [first, ...others] = node.items.slice(primes);
    const rest: MathsNode | undefined =
      others.length === 0 || first === undefined ? first : { kind: "row", items: [first, ...others] };
    const spoken = ["prime", "double prime", "triple prime"][primes - 1] ?? `${primes} primes`;
    return rest === undefined ? spoken : `${spoken} ${saySuperscript(rest, isBesideIndex)}`;
  }
  if (node.kind === "number" && node.text === "2") return "squared";
  if (node.kind === "number" && node.text === "3") return "cubed";
  // A superscript in brackets is an index, and so is one beside a subscript.
  if (isInBrackets(node)) return `super ${say(node)}`;
  return `${isBesideIndex || isLayer(node) ? "super" : "to the"} ${sayExponent(node)}`;
}

/** With brackets also around what ends with a script or an accent, which could belong to the whole. */
const sayExponent = (node: MathsNode): string =>
  ["scripts", "accent", "root", "fenced"].includes(node.kind) ? inBrackets(say(node)) : grouped(node, true);
