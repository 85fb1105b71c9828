/** Lists the TeX commands that the tokenizer of formulas knows, and the signs that replace them. */

const list = (names: string): ReadonlySet<string> => new Set(names.split(" "));

/** Sizes and spaces, which do not change what a formula says. */
export const dropped = list(
  "left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr middle displaystyle textstyle limits nolimits nonumber notag quad qquad cdot cdotp phantom hphantom vphantom strut mathstrut hline thinspace relax scriptstyle allowbreak nobreak",
);

/** Fonts, accents and braces around their argument. */
export const wrappers = list(
  "mathrm mathbf mathit mathsf mathtt mathcal mathscr mathfrak mathbb boldsymbol bm text textrm textbf textit operatorname mathop mathrel mathbin mathord hat tilde widetilde widehat bar overline vec dot ddot underline underbrace overbrace boxed",
);

/** Their argument is a word. */
export const wordy = list("mathrm mathit mathsf text textrm textbf textit operatorname");

export const accentForm = /hat|tilde|bar|vec|over/;

/** Their argument is not part of the formula. */
export const silent = list("label tag begin end hspace vspace color textcolor");

export const signOf: ReadonlyMap<string, string> = new Map(
  Object.entries({
    top: "T",
    intercal: "T",
    lVert: "‖",
    rVert: "‖",
    Vert: "‖",
    "|": "‖",
    lvert: "|",
    rvert: "|",
    vert: "|",
    mid: "|",
    leq: "≤",
    le: "≤",
    geq: "≥",
    ge: "≥",
    neq: "≠",
    ne: "≠",
    to: "→",
    rightarrow: "→",
    longrightarrow: "→",
    gets: "←",
    leftarrow: "←",
    ldots: "…",
    dots: "…",
    cdots: "…",
    vdots: "…",
    ddots: "…",
    times: "×",
    sum: "∑",
    prod: "∏",
    int: "∫",
    infty: "∞",
    in: "∈",
    ast: "*",
    colon: ":",
    varepsilon: "ε",
    epsilon: "ε",
    varphi: "φ",
    phi: "φ",
    vartheta: "θ",
    sqrt: "√",
    odot: "⊙",
    oplus: "⊕",
    otimes: "⊗",
    cup: "∪",
    cap: "∩",
    approx: "≈",
    sim: "~",
    equiv: "≡",
    partial: "∂",
    nabla: "∇",
    ell: "l",
    prime: "'",
    lbrace: "{",
    rbrace: "}",
    pm: "±",
    over: "/",
  }),
);

/** Signs that are typed or copied in place of others. Empty: a sign that says nothing. */
export const sameSign: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "−": "-",
    "–": "-",
    "·": "",
    "⋅": "",
    "∗": "*",
    "⊤": "T",
    "′": "'",
    "≔": "=",
    ϕ: "φ",
    ϵ: "ε",
    "∥": "‖",
    "∣": "|",
    "⟨": "",
    "⟩": "",
    "∊": "∈",
    $: "",
  }),
);

const greek = [
  "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi",
  "psi omega",
]
  .join(" ")
  .split(" ");

/** `alpha` -> α */
export const greekLetter: ReadonlyMap<string, string> = new Map(
  [..."αβγδεζηθικλμνξοπρστυφχψω"].map((letter, index) => [greek[index] ?? "", letter]),
);

/** Functions, which a typed run of letters names as a whole. */
export const functionNames = list(
  "exp log ln sin cos tan tanh max min argmax argmin softmax sqrt det tr rank diag dim ker sgn sign relu gelu sigmoid concat concatenate mean var inf sup lim mod sum prod int infty in",
);

/** Names that are typed for a sign. */
export const typedSign: ReadonlyMap<string, string> = new Map(
  Object.entries({ sqrt: "√", sum: "∑", prod: "∏", int: "∫", infty: "∞", inf: "∞", times: "×" }),
);
