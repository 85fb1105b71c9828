/** Names the displayed equations of a text, so that each has a URL. */
import type { Token } from "marked";
import { unlabelledEquation } from "../../library/page-ids.ts";
import { sha256 } from "../object-store.ts";
import { equationId, labelOf } from "./token-text.ts";
import { asOwn, forEachToken } from "./tokens.ts";

/**
 * By its label, or else by the hash of its TeX without spaces: a number would name another equation as soon as one is
 * added above. An equation that is repeated gets a number after its hash.
 */
export function nameEquations(tokens: readonly Token[]): ReadonlyMap<Token, string> {
  const ids = new Map<Token, string>();
  const repeated = new Map<string, number>();
  forEachToken(tokens, (token) => {
    const own = asOwn(token);
    if (own?.type !== "displayedMaths") return;
    const label = labelOf(own.tex);
    const id =
      label === undefined ? unlabelledEquation(sha256(own.tex.replace(/\s+/g, "")).slice(0, 4)) : equationId(label);
    const count = (repeated.get(id) ?? 0) + 1;
    repeated.set(id, count);
    ids.set(token, count === 1 ? id : `${id}-${count}`);
  });
  return ids;
}
