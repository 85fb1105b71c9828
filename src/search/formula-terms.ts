/** Makes the index terms of a formula: pairs of its tokens, so that a part of a formula finds it. */

/** Neighbours, and tokens with one token between them, which may differ. */
export function pairsOf(tokens: readonly string[]): Set<string> {
  const pairs = new Set<string>();
  for (const [index, token] of tokens.entries()) {
    const [next, afterNext] = [tokens[index + 1], tokens[index + 2]];
    if (next !== undefined) pairs.add(`${token} ${next}`);
    if (afterNext !== undefined) pairs.add(`${token}  ${afterNext}`);
  }
  return pairs;
}

/** Without the letters of indices: that a sign has an index says more than which one. A transpose is not an index. */
export const blur = (tokens: readonly string[]): string[] =>
  tokens
    .map((token) => (/^[_^]\p{L}$/u.test(token) && token !== "^T" ? "_" : token))
    .filter((token, index, all) => token !== "_" || all[index - 1] !== "_");

/** The terms of a formula. A single token is its own term. */
export const formulaTerms = (tokens: readonly string[]): Set<string> =>
  tokens.length === 1 ? new Set(tokens) : new Set([...pairsOf(tokens), ...pairsOf(blur(tokens))]);

/** `softmax(QK^T)`, `a/b`, `d_k`, `λ`, `A + B`: rather than words. */
const formulaForm =
  /[\\^_{}√∑∏∫=<>≤≥≈∈∂∇‖]|[a-zA-Z0-9)]\/[a-zA-Z0-9(\\√]|\p{L}\([^)]|[α-ωΑ-Ω]|^\s*[\w.()]{1,3}\s*[+−·×*-]\s*\w|^\s*\$|[A-Z]\s*(?:ᵀ|⊤)/u;

/** Greek words are no formulas. */
const greekWord = /[α-ωΑ-Ωά-ώ]{2,}/u;

export const looksLikeFormula = (query: string): boolean => formulaForm.test(query) && !greekWord.test(query);
