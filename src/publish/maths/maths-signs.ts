/** Lists the symbols of formulas by kind, with their spoken names. */

/** Relations: written with a space on either side. */
export const relations: Readonly<Record<string, string>> = {
  "=": "equals",
  "≠": "not equal to",
  "<": "less than",
  ">": "greater than",
  "≤": "at most",
  "≥": "at least",
  "⩽": "at most",
  "⩾": "at least",
  "≪": "much less than",
  "≫": "much greater than",
  "≈": "about",
  "≃": "about",
  "≅": "isomorphic to",
  "≡": "equivalent to",
  "∼": "distributed as",
  "∝": "proportional to",
  "∈": "in",
  "∉": "not in",
  "∋": "contains",
  "⊂": "a subset of",
  "⊆": "a subset of",
  "⊃": "contains",
  "⊇": "contains",
  "→": "to",
  "⟶": "to",
  "←": "becomes",
  "↔": "to and from",
  "↦": "goes to",
  "⟼": "goes to",
  "⇒": "implies",
  "⟹": "implies",
  "⇔": "if and only if",
  "⟺": "if and only if",
  ":=": "defined as",
  "≔": "defined as",
  "⊥": "orthogonal to",
  "⊢": "proves",
  "⊨": "models",
};

/** Binary operators. */
export const operations: Readonly<Record<string, string>> = {
  ":": ":",
  "+": "plus",
  "−": "minus",
  "-": "minus",
  "±": "plus or minus",
  "∓": "minus or plus",
  "×": "by",
  "·": "times",
  "⋅": "times",
  "∗": "star",
  "*": "star",
  "⋆": "star",
  "/": "over",
  "÷": "divided by",
  "∪": "union",
  "∩": "intersected with",
  "∖": "without",
  "∧": "and",
  "∨": "or",
  "∘": "composed with",
  "⊕": "circled plus",
  "⊖": "circled minus",
  "⊗": "circled times",
  "⊙": "times elementwise",
  "|": "given",
  "‖": "concatenated with",
};

/** Prefix operators, including large ones. */
export const prefixes: Readonly<Record<string, string>> = {
  "∑": "sum",
  "∏": "product",
  "∐": "coproduct",
  "∫": "integral",
  "∬": "double integral",
  "∮": "contour integral",
  "⋃": "union",
  "⋂": "intersection",
  "⨁": "circled sum",
  "⨂": "circled product",
  "⋀": "conjunction",
  "⋁": "disjunction",
  "∇": "gradient",
  "∂": "partial",
  "¬": "not",
  "∀": "for all",
  "∃": "there is",
};

/** Spoken names of other symbols. */
export const namesOfSigns: Readonly<Record<string, string>> = {
  "∞": "infinity",
  "…": "dots",
  "⋯": "dots",
  "⋮": "dots",
  "⋱": "dots",
  "!": "factorial",
  "%": "percent",
  "°": "degrees",
  "∅": "the empty set",
  "⊤": "top",
  "†": "dagger",
  "□": "box",
  ℓ: "ell",
  ℏ: "h bar",
  ı: "i",
  ȷ: "j",
};

/** Spoken names of superscripts that are no exponents. */
export const spokenMarks: Readonly<Record<string, string>> = {
  "′": "prime",
  "″": "double prime",
  "‴": "triple prime",
  "⊤": "transpose",
  "∗": "star",
  "*": "star",
  "†": "dagger",
  "∘": "degrees",
};

/** Spoken names of abbreviated functions. */
export const namesOfFunctions: Readonly<Record<string, string>> = {
  sin: "sine",
  cos: "cosine",
  tan: "tangent",
  ln: "natural log",
  exp: "exp",
  det: "determinant",
  tr: "trace",
  deg: "degree",
  dim: "dimension",
  lim: "limit",
  "arg max": "arg max",
  argmax: "arg max",
  argmin: "arg min",
  sup: "supremum",
  inf: "infimum",
  Pr: "probability",
  gcd: "greatest common divisor",
  Re: "real part",
  Im: "imaginary part",
  Var: "variance",
  Cov: "covariance",
  sgn: "sign",
  mod: "mod",
};

/** Accents: spoken after their letter, and as combining characters of Unicode. */
export const accents: Readonly<Record<string, { readonly spoken: string; readonly combining: string }>> = {
  "^": { spoken: "hat", combining: "\u0302" },
  "~": { spoken: "tilde", combining: "\u0303" },
  "‾": { spoken: "bar", combining: "\u0305" },
  "¯": { spoken: "bar", combining: "\u0304" },
  ˉ: { spoken: "bar", combining: "\u0304" },
  _: { spoken: "underlined", combining: "\u0332" },
  "→": { spoken: "arrow", combining: "\u20d7" },
  "⃗": { spoken: "arrow", combining: "\u20d7" },
  "˙": { spoken: "dot", combining: "\u0307" },
  "¨": { spoken: "double dot", combining: "\u0308" },
  ˇ: { spoken: "check", combining: "\u030c" },
  "˘": { spoken: "breve", combining: "\u0306" },
  "´": { spoken: "acute", combining: "\u0301" },
  "`": { spoken: "grave", combining: "\u0300" },
};

const greekNames =
  "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau upsilon phi chi psi omega".split(
    " ",
  );
const greekVariants: Readonly<Record<string, string>> = {
  ϵ: "epsilon",
  ϑ: "theta",
  ϰ: "kappa",
  ϕ: "phi",
  ϱ: "rho",
  ϖ: "pi",
};

/** The name of a Greek letter, capitalised for a capital. */
export function greekName(letter: string): string | undefined {
  const small = letter.toLowerCase();
  const name = greekVariants[small] ?? (/^[α-ω]$/.test(small) ? greekNames[small.charCodeAt(0) - 0x3b1] : undefined);
  if (name === undefined || small === letter) return name;
  return name.charAt(0).toUpperCase() + name.slice(1);
}
