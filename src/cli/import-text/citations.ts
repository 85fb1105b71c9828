/** Converts citations: `[@a; @b]` and everything that other dialects allow beside the keys. */
import type { Draft } from "./draft.ts";
import { isCrossReference } from "./inline-context.ts";
import type { Place } from "./original.ts";

/** `[@Su21; @Press22]`. A key that we cannot write is kept as text. */
export function citeKeys(written: readonly string[], draft: Draft, place: Place): string {
  const keys = written.map((key) => key.trim().replace(/^@/, "")).filter((key) => key !== "");
  const usable = keys.filter((key) => /^[A-Za-z][\w.-]*$/.test(key));
  const others = keys.filter((key) => !usable.includes(key));
  for (const key of usable) draft.citations.add(key);
  if (others.length > 0) {
    draft.find(place, `\`${others.join("`, `")}\` cannot be cited: keys are letters, digits, \`_\`, \`.\` and \`-\`.`);
  }
  const cited = usable.length === 0 ? "" : `[${usable.map((key) => `@${key}`).join("; ")}]`;
  return [cited, ...others.map((key) => `\`@${key}\``)].filter((part) => part !== "").join(" ");
}

/** The inside of `[see @a, p. 3; -@b]`. `undefined` if it is not a citation, but text with an `@`. */
export function citationGroup(inside: string, draft: Draft, place: Place): string | undefined {
  const parts = inside
    .split(";")
    .map((part) => /^(.*?)(-?)@\{?([A-Za-z][\w:./-]*\w|[A-Za-z])\}?(.*)$/s.exec(part.trim()));
  if (parts.some((part) => part === null)) return undefined;
  const found = parts.map((part) => ({
    before: part?.[1]?.trim() ?? "",
    key: part?.[3] ?? "",
    after: part?.[4]?.trim() ?? "",
  }));
  if (found.some(({ before }) => /[\w.]$/.test(before) && /\S@/.test(inside))) return undefined;
  const write = (key: string): string =>
    isCrossReference(key) ? draft.refer(key, `@${key}`, place) : citeKeys([key], draft, place);
  const isPlain = found.every(({ before, key, after }) => before === "" && after === "" && !isCrossReference(key));
  if (isPlain)
    return citeKeys(
      found.map(({ key }) => key),
      draft,
      place,
    );
  // “see”, page numbers and the like have no place in the brackets, so they become text around the citation.
  const written = found.map(
    ({ before, key, after }) =>
      `${before}${before === "" ? "" : " "}${write(key)}${after.replace(/^(?=[^,.;:])/, " ").trimEnd()}`,
  );
  const hasWords = found.some(({ before, after }) => before !== "" || after !== "");
  return hasWords || found.length > 1 ? `(${written.join("; ")})` : (written[0] ?? "");
}
