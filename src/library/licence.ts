/** Names licences by their URLs. */

const creativeCommons = /^https:\/\/creativecommons\.org\/(?:licenses\/([a-z-]+)|publicdomain\/(zero))\/(\d\.\d)\b/;

/** `CC BY-SA 4.0`; undefined for a licence without a usual short name. */
export function licenceName(url: string): string | undefined {
  const [, terms = "", zero, version = ""] = creativeCommons.exec(url) ?? [];
  if (zero !== undefined) return `CC0 ${version}`;
  if (terms !== "") return `CC ${terms.toUpperCase()} ${version}`;
  return /^https:\/\/opensource\.org\/licenses?\/mit\/?$/i.test(url) ? "MIT" : undefined;
}
