/** Converts roles, `{ref}`label`` of MyST and `:ref:`label`` of Sphinx and d2l. */
import { citeKeys } from "./citations.ts";
import { asCode, type InlineContext } from "./inline-context.ts";

const citing = /^cite(:[a-z]+|p|t)?$/;
const referring = /^(ref|numref|eq|eqref|prf:ref|math:numref|any)$/;

export function convertRole(role: string, body: string, written: string, context: InlineContext): string | undefined {
  const { draft, place } = context;
  if (citing.test(role)) return citeKeys(body.split(/[,;]/), draft, place);
  if (referring.test(role)) {
    const [, words = "", label = body] = /^([\s\S]*?)\s*<([^<>]+)>$/.exec(body) ?? [];
    return draft.refer(label.trim(), written, place, /%s|\{number\}/.test(words) ? "" : words);
  }
  // d2l places labels on a line of their own, which is read before this; numbers and footnotes have no equivalent.
  switch (role) {
    case "math":
      return `$${body.trim()}$`;
    case "code":
    case "literal":
    case "file":
      return asCode(body);
    case "sub":
    case "sup":
    case "kbd":
      return `<${role}>${body}</${role}>`;
    case "abbr": {
      const [, short = body, long] = /^(.*?)\s*\(([^)]*)\)$/.exec(body) ?? [];
      return long === undefined ? short : `<abbr title="${long.replaceAll('"', "&quot;")}">${short}</abbr>`;
    }
    case "term":
    case "emphasis":
      return `*${body.replace(/\s*<[^<>]*>$/, "")}*`;
    default:
      draft.find(place, `The role \`${role}\` has no equivalent; ${asCode(body)} is kept as code.`);
      return asCode(written);
  }
}
