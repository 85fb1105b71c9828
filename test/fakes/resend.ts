/** One model of Resend with two faces: a `fetch` for code in the same process, and a server for a Worker in workerd. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Reply } from "./resend-answers.ts";
import { ResendModel, type ResendOptions } from "./resend-model.ts";

/** `fetch` as `createResend` takes it. No wait is real: for a silent answer the caller's patience is over at once. */
export const askOf =
  (model: ResendModel): typeof fetch =>
  async (_, init) => {
    const reply = model.take({
      headers: new Headers(init?.headers as Record<string, string>),
      body: textOf(init?.body),
    });
    switch (reply.kind) {
      case "answer":
        return new Response(reply.body, { status: reply.status, headers: reply.headers }) as never;
      case "cut":
        throw new TypeError("fetch failed");
      case "silent":
        throw new DOMException("The operation was aborted due to timeout", "TimeoutError");
    }
  };

const textOf = (body: unknown): string =>
  body instanceof Uint8Array ? new TextDecoder().decode(body) : String(body ?? "");

export interface Resend extends AsyncDisposable {
  readonly url: string;
  readonly model: ResendModel;
}

/** On 127.0.0.1, for as long as it is held. */
export async function openResend(options: ResendOptions = {}): Promise<Resend> {
  const model = new ResendModel(options);
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const reply: Reply =
      request.method === "POST" && request.url === "/emails/batch"
        ? model.take({
            headers: new Headers(request.headers as Record<string, string>),
            body: Buffer.concat(chunks).toString(),
          })
        : { kind: "answer", status: 404, headers: {}, body: '{"name":"not_found","message":"No such endpoint."}' };
    if (reply.kind === "answer") response.writeHead(reply.status, reply.headers).end(reply.body);
    else if (reply.kind === "cut") response.destroy();
    // Silent: whoever asked has to lose patience.
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    model,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
