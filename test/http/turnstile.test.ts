/** Tests Turnstile: a failed challenge is rejected, but if Turnstile cannot be reached, only the rate limits apply. */
import { afterEach, expect, test, vi } from "vitest";
import { isHuman } from "../../src/http/turnstile.ts";

afterEach(() => vi.restoreAllMocks());

function answerWith(answer: () => Promise<Response>) {
  vi.spyOn(console, "warn").mockReturnValue();
  return vi.spyOn(globalThis, "fetch").mockImplementation(answer);
}

test("it is asked with the secret, the answer of the form, and the visitor's address", async () => {
  const ask = answerWith(async () => Response.json({ success: true }));
  expect(await isHuman("s3cret", "response", "192.0.2.1")).toBe(true);
  const [url, init] = ask.mock.calls[0] ?? [];
  expect(url).toBe("https://challenges.cloudflare.com/turnstile/v0/siteverify");
  const body = init?.body;
  expect(body instanceof FormData ? [...body] : body).toEqual([
    ["secret", "s3cret"],
    ["response", "response"],
    ["remoteip", "192.0.2.1"],
  ]);
});

test("its no is a no, and a form without its answer is not even asked about", async () => {
  const ask = answerWith(async () => Response.json({ success: false, "error-codes": ["invalid-input-response"] }));
  expect(await isHuman("s3cret", "forged", undefined)).toBe(false);
  expect(ask).toHaveBeenCalledTimes(1);
  for (const response of [undefined, ""]) expect(await isHuman("s3cret", response, undefined)).toBe(false);
  expect(ask).toHaveBeenCalledTimes(1);
});

test.each([
  ["it does not answer", async () => Promise.reject(new TypeError("fetch failed"))],
  ["it answers with an error page", async () => new Response("<html>502</html>", { status: 502 })],
  ["it answers something else", async () => Response.json({ hello: 1 })],
])("when %s, the limits alone have to do", async (_, answer) => {
  answerWith(answer);
  expect(await isHuman("s3cret", "response", undefined)).toBe(true);
});
