/** What html-validate finds in a page of the desk. */
import { HtmlValidate } from "html-validate";

const html = new HtmlValidate({
  extends: ["html-validate:recommended"],
  rules: {
    // Written as hono/jsx writes it.
    "doctype-style": "off",
    "void-style": "off",
    "attribute-boolean-style": "off",
    "attribute-empty-style": "off",
    "long-title": "off",
    // Widths of bars, which are data.
    "no-inline-style": "off",
  },
});

/** In a line each. */
export async function faultsOf(body: string): Promise<string[]> {
  const { results } = await html.validateString(body);
  return results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`));
}
