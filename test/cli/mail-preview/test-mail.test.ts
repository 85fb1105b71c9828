/** Tests `npm run mail -- … --to`: one email to the author, through a fake Resend endpoint. */
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { isWholePng } from "../../publish/mail/one-mail.ts";
import { copyOf } from "../../publish/release-folder.ts";
import { runMail } from "./mail-command.ts";

let home: string;
beforeEach(() => {
  home = copyOf();
});
const run = (args: readonly string[]) => runMail(home, args);

interface Asked {
  readonly authorization: string | undefined;
  readonly body: {
    readonly from: string;
    readonly to: readonly string[];
    readonly subject: string;
    readonly html: string;
    readonly attachments: readonly {
      readonly content: string;
      readonly content_id: string;
      readonly content_type: string;
    }[];
  };
}

/** Serves Resend's endpoint for one email, with that response. */
async function resend(status: number, answer: unknown) {
  const asked: Asked[] = [];
  const server = createServer((incoming, response) => {
    let body = "";
    incoming
      .on("data", (data) => (body += data))
      .on("end", () => {
        if (incoming.url === "/emails")
          asked.push({ authorization: incoming.headers.authorization, body: JSON.parse(body) });
        response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(answer));
      });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

const settings = (url: string) =>
  writeFileSync(
    join(home, ".dev.vars"),
    `RESEND_API_KEY="re_secret"\nMAIL_FROM=Library <letters@tea.example>\nRESEND_URL=${url}\n`,
  );

test("sends one mail to that address, with its pictures inside", async () => {
  const { asked, url, close } = await resend(200, { id: "abc-1" });
  settings(url);
  const { status, output } = await run(["tea/gongfu", "--to", "ada@example.org"]);
  close();
  expect([status, output]).toEqual([
    0,
    `Sent to ada@example.org as “${asked[0]?.body.subject}” (abc-1). Images are embedded; the footer links are placeholders.`,
  ]);
  expect(asked).toHaveLength(1);
  const [{ authorization, body }] = asked as [Asked];
  expect(authorization).toBe("Bearer re_secret");
  expect([body.from, body.to]).toEqual(["Library <letters@tea.example>", ["ada@example.org"]]);
  expect(body.subject).toMatch(/^\[Test\] \S/);
  expect(body).not.toHaveProperty("tags");
});

test("a sender is read as the Worker reads it: quoted where it must be, refused where it is not one mailbox", async () => {
  const { asked, url, close } = await resend(200, { id: "abc-1" });
  const settingsFrom = (from: string) =>
    writeFileSync(join(home, ".dev.vars"), `RESEND_API_KEY=re_secret\nRESEND_URL=${url}\nMAIL_FROM='${from}'\n`);
  settingsFrom("Smith, Jane <l@tea.example>");
  expect((await run(["tea/gongfu", "--to", "ada@example.org"])).status).toBe(0);
  expect(asked[0]?.body.from).toBe('"Smith, Jane" <l@tea.example>');
  settingsFrom("Smith, Jane <l@tea.example>, Bob");
  expect(await run(["tea/gongfu", "--to", "ada@example.org"])).toEqual({
    status: 1,
    output:
      'MAIL_FROM must be one email address, with or without a name; write it as "Smith, Jane , Bob" <l@tea.example>.',
  });
  close();
  expect(asked).toHaveLength(1);
});

test("every picture of the HTML is an attachment, and the other way round", async () => {
  const { asked, url, close } = await resend(200, { id: "abc-1" });
  settings(url);
  await run(["tea/cooling", "--to", "ada@example.org"]);
  close();
  const { html, attachments } = (asked[0] as Asked).body;
  const shown = [...html.matchAll(/<img src="cid:([^"]*)"/g)].map(([, id]) => id);
  expect(html).not.toMatch(/<img src="(?!cid:)/);
  expect(new Set(shown)).toEqual(new Set(attachments.map(({ content_id }) => content_id)));
  for (const { content, content_type } of attachments) {
    expect(content_type).toBe("image/png");
    expect(isWholePng(Buffer.from(content, "base64"))).toBe(true);
  }
});

test.each([
  [
    401,
    { name: "validation_error", message: "API key is invalid" },
    "Check RESEND_API_KEY, and that the domain of MAIL_FROM is verified.",
  ],
  [422, { name: "validation_error", message: "Invalid `from` field." }, "Check MAIL_FROM and the recipient address."],
  [
    429,
    { name: "daily_quota_exceeded", message: "No more today." },
    "Wait a while; Resend's free plan allows 100 emails a day.",
  ],
  [502, { message: "Bad gateway" }, "Try again in a while."],
])("a refusal (%i) is passed on, with the way out", async (code, answer, advice) => {
  const { url, close } = await resend(code, answer);
  settings(url);
  const { status, output } = await run(["tea/cooling", "--to", "ada@example.org"]);
  close();
  expect(status).toBe(1);
  expect(output).toBe(
    `Resend rejected the email (${code} ${"name" in answer ? answer.name : ""}: ${answer.message}). ${advice}`,
  );
});

test("no answer is said to be none", async () => {
  const { url, close } = await resend(200, {});
  close();
  settings(url);
  const { status, output } = await run(["tea/cooling", "--to", "ada@example.org"]);
  expect(status).toBe(1);
  expect(output).toMatch(/^Resend cannot be reached \(.*\)\. The email may still have been sent: check the inbox\.$/);
});
