/** Writes the style rules that tick what was read. */

/** Rules for the links to these texts. A link has its text's identity unless its path is the same. */
export function tickRules(identities: readonly string[], label: string): string {
  if (identities.length === 0) return "";
  const links = identities.map((id) => `[data-id="${id}"],[href="/${id}"]:not([data-id])`).join();
  const titles = ".entry-title,:is(.newest li,.needs,.search-results h2)>a";
  const inner = `.neighbours a:is(${links}) b,.palette-option:is(${links}) .palette-title`;
  // On paper it would be someone else's. Older browsers have no words for the tick, and read the sign.
  return `@media screen{:is(:is(${titles}):is(${links}),${inner})::after{
content:"\\a0✓";content:"\\a0✓"/", ${label}";font-weight:400;color:var(--ink-soft)}}`;
}

/** Rules for the ticks below the covers, each of which has the identity of its chapter. */
export const shelfRules = (identities: readonly string[]): string =>
  identities.length === 0
    ? ""
    : `.shelf-ticks i:is(${identities.map((id) => `[data-id="${id}"]`).join()}){background:var(--cloth)}`;
