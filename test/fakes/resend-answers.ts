/** What comes back over the wire from Resend, or does not (https://resend.com/docs/api-reference/errors). */

/** `cut`: the connection ends without an answer. `silent`: no answer comes for longer than anybody waits. */
export type Reply =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly headers: Record<string, string>;
      readonly body: string;
    }
  | { readonly kind: "cut" }
  | { readonly kind: "silent" };

/** What befalls a call. `taken`: its messages are sent nevertheless, and only the answer suffers. */
export type Trouble =
  | { readonly kind: "cut"; readonly taken: boolean }
  | {
      readonly kind: "garbled";
      readonly how: "html" | "truncated" | "empty" | "internal error";
      readonly taken: boolean;
    }
  /** Nobody waits for the answer any more when the messages are sent, so many milliseconds after the call. */
  | { readonly kind: "slow"; readonly takenAfterMs: number }
  | { readonly kind: "rate"; readonly retryAfter: string }
  /** An answer as given, instead of any work. */
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

/** What is left of an answer on a bad line. */
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
