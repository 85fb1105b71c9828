/** Parses and builds messages of JSON-RPC 2.0 (https://www.jsonrpc.org/specification), as the Model Context Protocol narrows it. */
import * as v from "valibot";

/** Unlike in JSON-RPC, never null. */
export type RequestId = string | number;

export type Message =
  | { readonly kind: "request"; readonly id: RequestId; readonly method: string; readonly params: unknown }
  /** A notification, or a response to a request that was never sent: nobody waits for an answer. */
  | { readonly kind: "silent" }
  | { readonly kind: "invalid" };

/** https://www.jsonrpc.org/specification#error_object; -32000 and below are for servers to define. */
export const errorCodes = {
  parse: -32700,
  invalidRequest: -32600,
  unknownMethod: -32601,
  invalidParams: -32602,
  rejected: -32000,
} as const;

export interface Reply {
  readonly jsonrpc: "2.0";
  /** Null if the message has none that could be read. */
  readonly id: RequestId | null;
  readonly result?: object;
  readonly error?: { readonly code: number; readonly message: string };
}

const MessageSchema = v.object({
  jsonrpc: v.literal("2.0"),
  id: v.optional(v.union([v.string(), v.pipe(v.number(), v.safeInteger())])),
  method: v.optional(v.string()),
  params: v.optional(v.record(v.string(), v.unknown())),
});

export function parseMessage(value: unknown): Message {
  const { success, output } = v.safeParse(MessageSchema, value);
  if (!success) return { kind: "invalid" };
  const { id, method, params = {} } = output;
  if (method !== undefined && id !== undefined) return { kind: "request", id, method, params };
  const isResponse = typeof value === "object" && value !== null && ("result" in value || "error" in value);
  return method !== undefined || isResponse ? { kind: "silent" } : { kind: "invalid" };
}

export const resultOf = (id: RequestId, result: object): Reply => ({ jsonrpc: "2.0", id, result });

export const errorOf = (id: RequestId | null, code: number, message: string): Reply => ({
  jsonrpc: "2.0",
  id,
  error: { code, message },
});
