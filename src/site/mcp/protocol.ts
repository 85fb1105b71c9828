/** Answers messages of the Model Context Protocol (https://modelcontextprotocol.io/specification/2025-11-25), without sessions. */
import * as v from "valibot";
import type { TextContext } from "../../ui/page-context.ts";
import { errorCodes, errorOf, type Message, parseMessage, type Reply, resultOf } from "./json-rpc.ts";
import { describeTools, isTool, type ToolName, type ToolResult } from "./tools.ts";

/** The newest first. Older ones have another transport. */
export const protocolVersions: readonly string[] = ["2025-11-25", "2025-06-18", "2025-03-26"];
/** The only version with batches, and that of requests that name none. */
const batchVersion = "2025-03-26";
const maxMessages = 10;

export type CallTool = (name: ToolName, parameters: unknown) => Promise<ToolResult>;

/** Undefined if no message waits for an answer. `version` is that of the request's header. */
export async function answerBody(
  context: TextContext,
  body: unknown,
  version: string | undefined,
  callTool: CallTool,
): Promise<Reply | readonly Reply[] | undefined> {
  const { errors } = context.words.mcp;
  if (!Array.isArray(body)) return answerMessage(context, parseMessage(body), callTool);
  if (version !== undefined && version !== batchVersion) {
    return errorOf(null, errorCodes.invalidRequest, errors.noBatch(batchVersion));
  }
  if (body.length === 0 || body.length > maxMessages) {
    return errorOf(null, errorCodes.invalidRequest, errors.batchSize(maxMessages));
  }
  let calls = 0;
  const replies: Reply[] = [];
  for (const message of body.map(parseMessage)) {
    if (message.kind === "request" && message.method === "tools/call") calls += 1;
    const reply = rejectInBatch(context, message, calls) ?? (await answerMessage(context, message, callTool));
    if (reply) replies.push(reply);
  }
  return replies.length > 0 ? replies : undefined;
}

/** Two searches would exceed the subrequests and the CPU of one request. */
function rejectInBatch({ words }: TextContext, message: Message, calls: number): Reply | undefined {
  if (message.kind !== "request") return undefined;
  const { id, method } = message;
  if (method === "initialize") return errorOf(id, errorCodes.invalidRequest, words.mcp.errors.initializeInBatch);
  if (method === "tools/call" && calls > 1) return errorOf(id, errorCodes.rejected, words.mcp.errors.oneCall);
  return undefined;
}

async function answerMessage(context: TextContext, message: Message, callTool: CallTool): Promise<Reply | undefined> {
  const { mcp } = context.words;
  if (message.kind === "silent") return undefined;
  if (message.kind === "invalid") return errorOf(null, errorCodes.invalidRequest, mcp.errors.invalidRequest);
  const { id, method, params } = message;
  switch (method) {
    case "initialize":
      return resultOf(id, initialize(context, params));
    case "ping":
      return resultOf(id, {});
    case "tools/list":
      return resultOf(id, { tools: describeTools(context.words) });
    case "tools/call": {
      const call = v.safeParse(CallSchema, params);
      if (!call.success || !isTool(call.output.name)) {
        return errorOf(id, errorCodes.invalidParams, mcp.errors.unknownTool);
      }
      return resultOf(id, await callTool(call.output.name, call.output.arguments));
    }
    default:
      return errorOf(id, errorCodes.unknownMethod, mcp.errors.unknownMethod);
  }
}

const InitializeSchema = v.object({ protocolVersion: v.string() });
const CallSchema = v.object({ name: v.string(), arguments: v.optional(v.unknown(), {}) });

/** The client's version if it is known, otherwise the newest, which the client may decline. */
function initialize({ catalogue: { manifest }, origin, words }: TextContext, params: unknown): object {
  const asked = v.safeParse(InitializeSchema, params);
  const known = protocolVersions.find((version) => asked.success && version === asked.output.protocolVersion);
  return {
    protocolVersion: known ?? protocolVersions[0],
    capabilities: { tools: {} },
    serverInfo: { name: new URL(origin).hostname, title: manifest.title, version: "1.0.0", websiteUrl: origin },
    instructions: words.mcp.instructions(manifest.title, manifest.tagline),
  };
}
