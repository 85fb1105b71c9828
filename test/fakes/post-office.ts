/** A place where mail arrives: it answers like Resend's batch endpoint, remembers keys, and shows what came. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Message } from "../../src/mail/mailer.ts";

export interface PostOffice extends AsyncDisposable {
  readonly url: string;
  /** In the order of arrival; each key once. */
  readonly mails: Message[];
  /** Every call, repeated ones too: key and bytes. */
  readonly calls: { readonly key: string; readonly body: string }[];
  /** What the next calls are answered with, instead of taking them. */
  readonly faults: { readonly status: number; readonly body: object; readonly accept?: boolean }[];
}

export async function openPostOffice(): Promise<PostOffice> {
  const mails: Message[] = [];
  const calls: PostOffice["calls"] = [];
  const faults: PostOffice["faults"] = [];
  const known = new Map<string, string>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const key = String(request.headers["idempotency-key"]);
    calls.push({ key, body });
    const fault = faults.shift();
    const take = () => {
      if (!known.has(key)) {
        known.set(key, body);
        mails.push(...(JSON.parse(body) as Message[]));
      }
    };
    if (!fault || fault.accept) take();
    const data = (JSON.parse(body) as Message[]).map((_, index) => ({ id: `${key}-${index}` }));
    response.writeHead(fault?.status ?? 200, { "content-type": "application/json" });
    response.end(JSON.stringify(fault?.body ?? { data }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mails,
    calls,
    faults,
    async [Symbol.asyncDispose]() {
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
