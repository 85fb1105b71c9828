/**
 * Serves the Model Context Protocol over streamable HTTP (section "Transports" of the specification): a POST is answered
 * with JSON, and there are no streams and no sessions, because the server never sends anything on its own.
 */
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { AppEnv } from "../../http/app-env.ts";
import { noStore } from "../../http/cache-control.ts";
import { networkOf } from "../../http/network.ts";
import { isFromHere } from "../../http/same-origin.ts";
import { href } from "../../routes.ts";
import type { LibrarySearch } from "../search/library-search.ts";
import { CallLimit } from "./call-limit.ts";
import { callTool } from "./call-tool.ts";
import { errorCodes, errorOf, type Reply } from "./json-rpc.ts";
import { answerBody, protocolVersions } from "./protocol.ts";

/** A client may introduce itself with an icon in its message. */
const maxBodyBytes = 64 * 1024;
/** Services that many people use send all their requests from few networks. */
const maxPerMinute = 120;

export function mcpRoutes(search: LibrarySearch): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  const limit = new CallLimit(maxPerMinute);

  const tooLarge = ({ var: { words } }: Context<AppEnv>) =>
    send(errorOf(null, errorCodes.invalidRequest, words.mcp.errors.tooLarge(maxBodyBytes / 1024)), 413);

  routes.post(
    href.mcp(),
    (context, next) => reject(context, limit) ?? next(),
    bodyLimit({ maxSize: maxBodyBytes, onError: (context: Context<AppEnv>) => tooLarge(context) }),
    async (context) => {
      const body = parseJson(await context.req.text());
      const { words } = context.var;
      if (body === undefined) return send(errorOf(null, errorCodes.parse, words.mcp.errors.notJson), 400);
      const version = context.req.header("mcp-protocol-version");
      const reply = await answerBody(context.var, body, version, (name, parameters) =>
        callTool(context, search, name, parameters),
      );
      if (!reply) return new Response(null, { status: 202, headers: { "Cache-Control": noStore } });
      // Without an id, a client cannot tell which of its messages the error is about.
      return send(reply, "id" in reply && reply.id === null ? 400 : 200);
    },
  );

  // Without streams, GET has none to open, and without sessions, DELETE has none to end.
  routes.all(href.mcp(), ({ var: { words } }) =>
    send(errorOf(null, errorCodes.rejected, words.mcp.errors.onlyPost), 405, { Allow: "POST" }),
  );

  return routes;
}

/**
 * Requests that are rejected by their headers, before the body is read. Programs send no `Origin`; pages of other origins
 * are rejected, as the specification demands.
 */
function reject(context: Context<AppEnv>, limit: CallLimit): Response | undefined {
  const { errors } = context.var.words.mcp;
  const rejectWith = (message: string, status: number, headers?: Readonly<Record<string, string>>) =>
    send(errorOf(null, errorCodes.rejected, message), status, headers);
  if (isFromHere(context.req.raw) === false) return rejectWith(errors.otherOrigin, 403);
  const retryAfter = limit.secondsUntilRoom(networkOf(context.req.header("cf-connecting-ip")), Date.now());
  if (retryAfter !== undefined) {
    return rejectWith(errors.tooMany(maxPerMinute), 429, { "Retry-After": String(retryAfter) });
  }
  const [type = ""] = (context.req.header("content-type") ?? "").split(";");
  if (type.trim().toLowerCase() !== "application/json") return rejectWith(errors.contentType, 415);
  const version = context.req.header("mcp-protocol-version");
  if (version !== undefined && !protocolVersions.includes(version)) {
    return rejectWith(errors.version(protocolVersions.join(", ")), 400);
  }
  return undefined;
}

const send = (
  reply: Reply | readonly Reply[],
  status: number,
  headers: Readonly<Record<string, string>> = {},
): Response => Response.json(reply, { status, headers: { "Cache-Control": noStore, ...headers } });

/** Undefined if it is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
