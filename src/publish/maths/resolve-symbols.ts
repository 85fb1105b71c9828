/**
 * Finds the entry of a text's notation that explains a symbol of a formula. A wrong explanation is worse than none, so a
 * symbol that could be meant by two entries, or only resembles one, has none.
 */
import { asLetter, readLetters, type TexLetter, type TexLetters } from "./tex-letters.ts";
import { parseTex, type TexNode, write } from "./tex-tree.ts";

export interface DeclaredSymbol {
  readonly tex: string;
  readonly shape?: string | undefined;
}

export interface FormulaTex {
  readonly tex: string;
  readonly isDisplayed: boolean;
}

type Resolution =
  /** Number of the entry, from 0. */
  | { readonly kind: "declared"; readonly entry: number }
  /** An index, a bound variable, or universal notation: it needs no entry. */
  | { readonly kind: "exempt" }
  | { readonly kind: "unknown" };

/** `bound`: variables bound by the formula of the letter. */
export type Resolve = (letter: TexLetter, bound: readonly string[]) => Resolution;

/** Constants and sets with universal notation. */
export const wellKnownSymbols: ReadonlySet<string> = new Set([
  "\\pi",
  ...["N", "Z", "Q", "R", "C", "E"].map((set) => `\\mathbb ${set}`),
]);

/** Indices that need no declaration. */
export const commonIndices = ["i", "j", "\\ell"];

interface Head extends TexLetter {
  readonly entry: number;
}

export function createResolver(declared: readonly DeclaredSymbol[], formulas: readonly FormulaTex[]): Resolve {
  const heads = declared.flatMap(({ tex }, entry) => headsOf(tex).map((head): Head => ({ ...decorated(head), entry })));
  const used = formulas.map(({ tex, isDisplayed }) => readLetters(tex, isDisplayed));
  const isScalar = (entry: number) => (declared[entry]?.shape ?? "\\text{").startsWith("\\text{");
  const scalars = heads.filter(({ base, sub, sup, entry }) => sub + sup === "" && isSmall(base) && isScalar(entry));
  const running = runningIndices([...declared.map(({ tex }) => readLetters(tex, false)), ...used]);
  for (const { base } of scalars) running.add(base);
  for (const { base, sub } of heads) if (isSmall(sub) && isNumbered(base, used)) running.add(sub);
  // The last of h^{(k)} is h^{(K)}.
  for (const { base, sub, sup, entry } of heads)
    if (/^[A-Z]$/.test(base) && sub + sup === "" && isScalar(entry) && running.has(base.toLowerCase()))
      running.add(base);
  const names = new Set(heads.map(({ base }) => base));

  const isRunning = (script: string) => script !== "" && lettersIn(script).every((letter) => running.has(letter));
  // Or a transpose.
  const isPower = (script: string) =>
    script === "" || script === "T" || lettersIn(script).every((letter) => running.has(letter) || names.has(letter));

  /** How far a symbol is from a declared one; undefined if it is another. */
  function distance(head: Head, letter: TexLetter): number | undefined {
    if (head.base !== letter.base || !fitsArgument(head, letter)) return undefined;
    const sub = scriptDistance(head.sub, letter.sub, isRunning, isRunning);
    const sup = scriptDistance(head.sup, letter.sup, isRunning, isPower);
    return sub === undefined || sup === undefined ? undefined : sub + sup;
  }

  /** `\mathcal N(i)` is not the `\mathcal N(0,\sigma^2)` of a distribution. */
  function fitsArgument(head: Head, { argument }: TexLetter): boolean {
    if (head.argument === undefined || !isRunning(head.argument) || argument === undefined) return true;
    return !argument.includes("\\") && lettersIn(argument).length > 0 && lettersIn(argument).every(isSmall);
  }

  return (written, bound) => {
    const letter = decorated(written);
    if (isPartOfName(letter, heads, isRunning)) return { kind: "exempt" };
    const found = nearest(heads, (head) => distance(head, letter));
    const isPlain = letter.sub + letter.sup === "";
    const isIndex = isPlain && bound.includes(letter.base);
    // A sum over k does not add up the key vectors k.
    if (found.length === 1 && found[0] !== undefined && !(isIndex && !isScalar(found[0])))
      return { kind: "declared", entry: found[0] };
    if (wellKnownSymbols.has(letter.base) || isIndex || (found.length === 0 && running.has(letter.base)))
      return { kind: "exempt" };
    return { kind: "unknown" };
  };
}

/** Entries at the smallest distance. */
function nearest(heads: readonly Head[], distance: (head: Head) => number | undefined): number[] {
  const measured = heads.map((head) => ({ entry: head.entry, far: distance(head) ?? Number.POSITIVE_INFINITY }));
  const least = Math.min(...measured.map(({ far }) => far));
  if (least === Number.POSITIVE_INFINITY) return [];
  const entries = measured.filter(({ far }) => far === least).map(({ entry }) => entry);
  return [...new Set(entries)];
}

/** `isExtra`: whether the symbol may have this script although its entry has none. */
function scriptDistance(
  declared: string,
  written: string,
  isRunning: (script: string) => boolean,
  isExtra: (script: string) => boolean,
): number | undefined {
  if (declared === written) return 0;
  if (declared === "") return isExtra(written) ? 1 : undefined;
  if (!isRunning(declared)) return undefined;
  if (written === "") return 2;
  return isRunning(written) ? 1 : undefined;
}

/** Single letters in a script; words are one, which is never an index. */
const lettersIn = (script: string): string[] => script.match(/\\[A-Za-z]+|\p{L}/gu) ?? [];

const isSmall = (letter: string): boolean => /^([a-z]|\\ell)$/.test(letter);

/** `x'` and `x^*` are other symbols than `x`; a transpose is not. */
function decorated(letter: TexLetter): TexLetter {
  const sup = letter.sup.replace(/^\\(top|intercal|mathsf\{T\})$/, "");
  const [decoration = ""] = /^(\\prime|\\star|\\ast|\\dagger|[*+-])+(?![\w(\\])/.exec(sup) ?? [];
  return { ...letter, base: letter.base + decoration, sup: sup.slice(decoration.length) };
}

/** The `T` of a transpose, and the `K` of a declared `w^K`: whole superscripts that are no symbols. */
function isPartOfName(
  { base, raisedBy }: TexLetter,
  heads: readonly Head[],
  isRunning: (sup: string) => boolean,
): boolean {
  if (raisedBy === undefined) return false;
  const sups = heads.filter((head) => head.base === raisedBy?.base && head.sup !== "").map(({ sup }) => sup);
  return (/^(\\mathsf )?T$/.test(base) && sups.length === 0) || (sups.includes(base) && !isRunning(base));
}

/** Whether the text numbers the symbol with digits, as in `u_1`. */
const isNumbered = (base: string, formulas: readonly TexLetters[]): boolean =>
  formulas.some(({ letters }) => letters.some((letter) => letter.base === base && /^\d+$/.test(letter.sub)));

/**
 * Letters that number things: the usual ones, bound variables, and those with which a script of the text counts on or
 * back, such as `t` of `h_{t+1}`. The `k` of `d_k` is not among them.
 */
function runningIndices(formulas: readonly TexLetters[]): Set<string> {
  const counted = formulas.flatMap(({ letters }) =>
    letters.flatMap(({ sub, sup }) => [sub, sup].flatMap((script) => script.match(countingScript)?.slice(1) ?? [])),
  );
  const bound = formulas.flatMap((formula) => formula.bound);
  return new Set([...commonIndices, ...bound, ...counted.filter((letter) => letter !== undefined)]);
}

const countingScript = /^\(?([a-z]|\\ell)[+-]\d\)?$/;

/**
 * The symbols that an entry explains: it is one symbol or several with commas between, each perhaps with an argument or
 * its definition: `u_k,\ \lambda_k`, `\mathcal N(i)`, `\hat A = A + I`. Of `|E|` or `hw` it explains no part.
 */
function headsOf(tex: string): TexLetter[] {
  const heads: TexLetter[] = [];
  for (const part of splitAtCommas(parseTex(tex, false))) {
    const [first, open, ...rest] = part;
    const letter = first && asLetter(first);
    if (!letter) continue;
    if (open === undefined || open.family === "rel") heads.push(letter);
    else if (open.family === "open" && open.text === "(") {
      const close = rest.findIndex(({ family }) => family === "close");
      const after = rest[close + 1];
      if (close !== -1 && (after === undefined || after.family === "rel"))
        heads.push({ ...letter, argument: write(rest.slice(0, close)) });
    }
  }
  return heads;
}

/** At the commas outside of brackets. */
function splitAtCommas(nodes: readonly TexNode[]): TexNode[][] {
  const parts: TexNode[][] = [[]];
  let depth = 0;
  for (const node of nodes) {
    if (node.family === "open") depth += 1;
    if (node.family === "close") depth -= 1;
    if (node.text === "," && depth === 0) parts.push([]);
    else if (node.type !== "spacing" && node.type !== "kern") parts.at(-1)?.push(node);
  }
  return parts;
}
