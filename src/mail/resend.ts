/**
 * Sends batches to Resend's batch endpoint (https://resend.com/docs/api-reference/emails/send-batch-emails) without its
 * SDK: a retry must have the bytes of the first attempt, and a lost response must be distinguished from a rejection. Every
 * response becomes an `Outcome`; nothing throws. Only the SDK's types are used, and a test compares the requests of both.
 */
import type { CreateBatchEmailOptions, CreateBatchSuccessResponse, ErrorResponse } from "resend";
import * as v from "valibot";
import type { Mailer, Message, MessageResult, Outcome } from "./mailer.ts";

type Writable<Value> = Value extends readonly (infer Entry)[]
  ? Writable<Entry>[]
  : Value extends object
    ? { -readonly [Key in keyof Value]: Writable<Value[Key]> }
    : Value;
type Holds<Claim extends true> = Claim;
/**
 * Fails to compile when the SDK no longer accepts our messages.
 * @public
 */
export type MessageFits = Holds<Writable<Message> extends CreateBatchEmailOptions ? true : false>;

const Accepted = v.object({
  data: v.array(v.object({ id: v.pipe(v.string(), v.minLength(1)) })),
  /** With `permissive` validation: the rejected messages. */
  errors: v.optional(v.array(v.object({ index: v.pipe(v.number(), v.integer()), message: v.string() })), []),
}) satisfies v.GenericSchema<unknown, CreateBatchSuccessResponse<{ batchValidation: "permissive" }>>;

const Rejection = v.object({ name: v.optional(v.string(), ""), message: v.optional(v.string(), "") });

/** How long to wait for a response, in milliseconds. */
const timeoutMs = 30_000;

export function createResend(
  { url, apiKey }: { readonly url: string; readonly apiKey: string },
  ask: typeof fetch = fetch,
): Mailer {
  return {
    async sendBatch(key, body, count) {
      try {
        const response = await ask(`${url}/emails/batch`, {
          method: "POST",
          headers: {
            Authorization: `Bearer ${apiKey}`,
            "Content-Type": "application/json",
            "Idempotency-Key": key,
            "x-batch-validation": "permissive",
            "User-Agent": "ml-blog",
          },
          body,
          signal: AbortSignal.timeout(timeoutMs),
        });
        return readAnswer(response.status, response.headers, await response.text(), count);
      } catch (error) {
        return { kind: "unknown", reason: error instanceof Error ? error.message : String(error) };
      }
    },
  };
}

type ErrorName = ErrorResponse["name"];
/** Statuses that leave open whether the request was processed. */
const ambiguousStatuses = [408, 421, 425];
/** Statuses that reject the messages themselves. */
const rejectionStatuses = [400, 413, 422];
/** Errors that any other message would get as well; Resend returns some of them with 400 or 422. */
const aboutSetup: readonly string[] = [
  "invalid_from_address",
  "invalid_idempotency_key",
  "missing_api_key",
  "invalid_api_key",
  "restricted_api_key",
] satisfies ErrorName[];
const quotaPeriods: ReadonlyMap<string, "day" | "month"> = new Map<ErrorName, "day" | "month">([
  ["daily_quota_exceeded", "day"],
  ["monthly_quota_exceeded", "month"],
]);

/** What a response means for the messages (https://resend.com/docs/api-reference/errors). Exported for its tests. */
export function readAnswer(status: number, headers: Headers, body: string, count: number): Outcome {
  const json = parseJson(body);
  if (status >= 200 && status < 300) return readAcceptance(json, count);
  const rejection = v.safeParse(Rejection, json);
  // An error page of a proxy does not show what Resend did.
  if (!rejection.success || status < 400 || status >= 500 || ambiguousStatuses.includes(status)) {
    return { kind: "unknown", reason: `${status} ${body.slice(0, 200)}`.trim() };
  }
  const { name, message } = rejection.output;
  const reason = `${status} ${name}: ${message}`;
  const period = quotaPeriods.get(name);
  if (period !== undefined) return { kind: "quota", period, reason };
  if (status === 429) return { kind: "later", seconds: retryAfter(headers), reason };
  if (name === ("concurrent_idempotent_requests" satisfies ErrorName)) return { kind: "unknown", reason };
  if (status === 409) return { kind: "conflict", reason };
  const isRejection = rejectionStatuses.includes(status) && !aboutSetup.includes(name) && !/\bapi key\b/i.test(message);
  return { kind: isRejection ? "refused" : "misconfigured", reason };
}

/** Ids are returned for the accepted messages only, in their order; `errors` has the indices of the others. */
function readAcceptance(json: unknown, count: number): Outcome {
  const answer = v.safeParse(Accepted, json);
  if (!answer.success) return { kind: "unknown", reason: "The response reported success but could not be parsed." };
  const { data, errors } = answer.output;
  const refused = new Map(errors.map(({ index, message }) => [index, message]));
  if (data.length + refused.size !== count || [...refused.keys()].some((index) => index < 0 || index >= count)) {
    return { kind: "unknown", reason: `The response covers ${data.length + refused.size} of ${count} messages.` };
  }
  const ids = data.values();
  const results = Array.from({ length: count }, (_, index): MessageResult => {
    const error = refused.get(index);
    return error === undefined ? { id: ids.next().value?.id ?? "" } : { error };
  });
  return { kind: "accepted", results };
}

/**
 * Seconds or a date (RFC 9110, section 10.2.3), which is relative to the `Date` of the response. A minute if absent, an
 * hour at most.
 */
function retryAfter(headers: Headers): number {
  const header = headers.get("retry-after") ?? "";
  const seconds = /^\d+$/.test(header)
    ? Number(header)
    : (Date.parse(header) - Date.parse(headers.get("date") ?? "")) / 1000;
  return Number.isFinite(seconds) ? Math.min(3600, Math.max(1, Math.ceil(seconds))) : 60;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
