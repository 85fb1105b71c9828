/** Renders the description by which a browser can search the library from its address bar (OpenSearch 1.1). */
import { href } from "../../routes.ts";
import type { TextContext } from "../../ui/page-context.ts";
import { escapeXml } from "../escape-xml.ts";

/** Longer names are not allowed. */
const maxNameLength = 16;

export function renderOpenSearch({ catalogue: { manifest }, origin, words }: TextContext): string {
  const name = [...manifest.title].slice(0, maxNameLength).join("");
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">',
    `<ShortName>${escapeXml(name)}</ShortName>`,
    `<Description>${escapeXml(words.search.description(manifest.title))}</Description>`,
    "<InputEncoding>UTF-8</InputEncoding>",
    `<Url type="text/html" template="${escapeXml(origin + href.search())}?q={searchTerms}"/>`,
    "</OpenSearchDescription>",
    "",
  ].join("\n");
}
