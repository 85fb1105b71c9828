/** Lists what html-validate finds on a page of the desk. */
import { HtmlValidate } from "html-validate";

const html = new HtmlValidate({
  extends: ["html-validate:recommended"],
  rules: {
    // As hono/jsx writes it.
    "doctype-style": "off",
    "void-style": "off",
    "attribute-boolean-style": "off",
    "attribute-empty-style": "off",
    "long-title": "off",
    // For the widths of bars, which are data.
    "no-inline-style": "off",
  },
});

/** One line for each. */
export async function faultsOf(body: string): Promise<string[]> {
  const { results } = await html.validateString(body);
  return results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`));
}
