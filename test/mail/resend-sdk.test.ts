/** Compares the Worker's adapter with Resend's own package on the fake: the same request, and why the Worker has its own. */
import { build } from "esbuild";
import { Resend as Sdk } from "resend";
import { expect, test } from "vitest";
import type { Message } from "../../src/mail/mailer.ts";
import { createResend } from "../../src/mail/resend.ts";
import { openResend } from "../fakes/resend.ts";
import { repository } from "../world.ts";

const messages = [
  {
    from: '"Smith, Jane" <letters@library.example>',
    to: ["ada@example.org"],
    subject: "Wie kühlt Tee? 🫖",
    html: "<p>$& \u2028 <b>π</b></p>",
    text: "π",
    headers: {
      "List-Unsubscribe": "<https://library.example/x>",
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    },
    tags: [
      { name: "edition", value: "each_tea_cooling" },
      { name: "subscriber", value: "s1" },
    ],
  },
  { from: "letters@library.example", to: ["bob@example.org"], subject: "Tea", html: "<p>", text: "Tea" },
] satisfies Message[];
const bytes = new TextEncoder().encode(JSON.stringify(messages));
const batch = messages as unknown as Parameters<Sdk["batch"]["send"]>[0];

test("same method, path, JSON and headers; only the names that they give themselves differ", async () => {
  await using resend = await openResend();
  const sdk = new Sdk("re_test", { baseUrl: resend.url });
  const ours = await createResend({ url: resend.url, apiKey: "re_test" }).sendBatch("key-1", bytes, 2);
  const theirs = await sdk.batch.send(batch, { batchValidation: "permissive", idempotencyKey: "key-2" });
  const [mine, other] = resend.requests.map(({ method, path, headers, body }) => {
    const {
      "user-agent": _,
      "idempotency-key": key,
      "content-length": __,
      host: ___,
      ...rest
    } = Object.fromEntries(headers);
    return { method, path, key, headers: rest, json: JSON.parse(body) as unknown };
  });
  expect(mine?.headers).toMatchObject({
    authorization: "Bearer re_test",
    "content-type": "application/json",
    "x-batch-validation": "permissive",
  });
  expect([mine?.key, other?.key]).toEqual(["key-1", "key-2"]);
  expect({ ...mine, key: "" }).toEqual({ ...other, key: "" });
  // The results agree too.
  expect(ours).toEqual({ kind: "accepted", results: [{ id: "mail-1" }, { id: "mail-2" }] });
  expect(theirs.data).toEqual({ data: [{ id: "mail-3" }, { id: "mail-4" }], errors: [] });
});

test("rejected messages are named alike", async () => {
  await using resend = await openResend();
  resend.model.refused.add("ada@example.org");
  const ours = await createResend({ url: resend.url, apiKey: "re_test" }).sendBatch("a", bytes, 2);
  const theirs = await new Sdk("re_test", { baseUrl: resend.url }).batch.send(batch, { batchValidation: "permissive" });
  const [{ index, message } = { index: -1, message: "" }] = theirs.data?.errors ?? [];
  expect([index, ours]).toEqual([0, { kind: "accepted", results: [{ error: message }, { id: "mail-1" }] }]);
});

test("why the Worker has its own: a retry with other bytes is a conflict, and a lost answer is not a rejection", async () => {
  await using resend = await openResend();
  const sdk = new Sdk("re_test", { baseUrl: resend.url });
  const mailer = createResend({ url: resend.url, apiKey: "re_test" });
  await mailer.sendBatch("k", bytes, 2);
  // The package writes a message's fields in a different order.
  expect((await sdk.batch.send(batch, { batchValidation: "permissive", idempotencyKey: "k" })).error?.name).toBe(
    "invalid_idempotent_request",
  );
  resend.model.troubles.push({ kind: "garbled", how: "truncated", taken: true });
  const lost = await sdk.batch.send(batch, { idempotencyKey: "l" });
  resend.model.troubles.push({ kind: "garbled", how: "html", taken: false });
  const page = await sdk.batch.send(batch, { idempotencyKey: "m" });
  expect([lost.error?.name, page.error?.name]).toEqual(["application_error", "application_error"]);
  resend.model.troubles.push({ kind: "garbled", how: "truncated", taken: true });
  expect((await mailer.sendBatch("n", bytes, 2)).kind).toBe("unknown");
});

test("nothing of the package is in the Worker: its types alone are used there", async () => {
  const { metafile } = await build({
    entryPoints: [`${repository}/src/worker.ts`],
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    jsx: "automatic",
    jsxImportSource: "hono/jsx",
    conditions: ["workerd", "worker", "browser"],
    external: ["*/manifest.json"],
  });
  const inputs = Object.keys(metafile.inputs);
  expect(inputs).toContain("src/mail/resend.ts");
  expect(inputs.filter((path) => /node_modules\/(resend|postal-mime)\//.test(path))).toEqual([]);
});
