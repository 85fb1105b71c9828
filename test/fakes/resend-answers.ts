/** Defines Resend's responses and their faults (https://resend.com/docs/api-reference/errors). */

/** `cut`: the connection ends without a response. `silent`: no response before the caller's timeout. */
export type Reply =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly headers: Record<string, string>;
      readonly body: string;
    }
  | { readonly kind: "cut" }
  | { readonly kind: "silent" };

/** A fault of a call. `taken`: its messages are sent anyway, and only the response is affected. */
export type Trouble =
  | { readonly kind: "cut"; readonly taken: boolean }
  | {
      readonly kind: "garbled";
      readonly how: "html" | "truncated" | "empty" | "internal error";
      readonly taken: boolean;
    }
  /** The messages are sent this many milliseconds after the call, when the caller has timed out. */
  | { readonly kind: "slow"; readonly takenAfterMs: number }
  | { readonly kind: "rate"; readonly retryAfter: string }
  /** A given response; nothing is sent. */
  | { readonly kind: "answer"; readonly status: number; readonly body: object | string };

export const json = (status: number, body: object): Reply => ({
  kind: "answer",
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

export const failure = (statusCode: number, name: string, message: string): Reply =>
  json(statusCode, { statusCode, name, message });

export function tooFast(retryAfter: string): Reply {
  const reply = failure(429, "rate_limit_exceeded", "Too many requests. You can only make 2 requests per second.");
  return reply.kind === "answer" ? { ...reply, headers: { ...reply.headers, "retry-after": retryAfter } } : reply;
}

/** A response damaged in transit. */
export function garble(how: (Trouble & { kind: "garbled" })["how"], reply: Reply | undefined): Reply {
  const whole = reply?.kind === "answer" ? reply.body : '{"data":[{"id":"';
  switch (how) {
    case "html":
      return {
        kind: "answer",
        status: 502,
        headers: { "content-type": "text/html" },
        body: "<h1>502 Bad Gateway</h1>",
      };
    case "truncated":
      return { kind: "answer", status: 200, headers: {}, body: whole.slice(0, whole.length >> 1) };
    case "empty":
      return { kind: "answer", status: 200, headers: {}, body: "" };
    case "internal error":
      return failure(500, "internal_server_error", "An unexpected error occurred.");
  }
}
