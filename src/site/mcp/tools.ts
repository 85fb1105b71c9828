/** Describes the tools of the MCP endpoint: their names, parameters and wording. */
import * as v from "valibot";
import type { TextContext } from "../../ui/page-context.ts";

/** Valibot checks the arguments, and the JSON Schema beside them tells clients about them. */
export const toolParameters = {
  search: v.object({ query: v.pipe(v.string(), v.trim(), v.nonEmpty()), book: v.optional(v.string()) }),
  find_formula: v.object({ formula: v.pipe(v.string(), v.trim(), v.nonEmpty()), book: v.optional(v.string()) }),
  list_books: v.object({ book: v.optional(v.string()) }),
  read_chapter: v.object({ chapter: v.pipe(v.string(), v.trim(), v.nonEmpty()) }),
} as const;

export type ToolName = keyof typeof toolParameters;

export const isTool = (name: string): name is ToolName => Object.hasOwn(toolParameters, name);

/** A failure is a result too: the model reads it and can correct its arguments. */
export interface ToolResult {
  readonly content: readonly [{ readonly type: "text"; readonly text: string }];
  readonly isError?: true;
}

export const textResult = (text: string): ToolResult => ({ content: [{ type: "text", text }] });
export const failure = (text: string): ToolResult => ({ content: [{ type: "text", text }], isError: true });

export function describeTools({ mcp }: TextContext["words"]): readonly object[] {
  const { book, chapter, formula, query } = mcp.parameters;
  return [
    describeTool("search", mcp.tools.search, { query, book }, ["query"]),
    describeTool("list_books", mcp.tools.listBooks, { book }, []),
    describeTool("read_chapter", mcp.tools.readChapter, { chapter }, ["chapter"]),
    describeTool("find_formula", mcp.tools.findFormula, { formula, book }, ["formula"]),
  ];
}

/** `parameters`: what each of them is; all are texts. */
const describeTool = (
  name: ToolName,
  { title, description }: { readonly title: string; readonly description: string },
  parameters: Readonly<Record<string, string>>,
  required: readonly string[],
) => ({
  name,
  title,
  description,
  inputSchema: {
    type: "object",
    properties: Object.fromEntries(
      Object.entries(parameters).map(([parameter, text]) => [parameter, { type: "string", description: text }]),
    ),
    required,
  },
  annotations: { title, readOnlyHint: true, idempotentHint: true, openWorldHint: false },
});
