/**
 * Serves the model of Resend in two ways: as a `fetch` within the process, and as a server for a Worker in workerd and
 * for commands.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type AccountRequest, ResendAccount } from "./resend-account.ts";
import type { Reply } from "./resend-answers.ts";
import { ResendModel, type ResendOptions } from "./resend-model.ts";

/** `fetch` for `createResend`. Without real delays: a silent response fails with a timeout at once. */
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
  /** The sending endpoint. */
  readonly model: ResendModel;
  /** The account's endpoints. Its key `re_full_access` has full access. */
  readonly account: ResendAccount;
  /** Every request received. */
  readonly requests: readonly AccountRequest[];
}

/** On 127.0.0.1, until it is disposed. */
export async function openResend(options: ResendOptions = {}): Promise<Resend> {
  const model = new ResendModel(options);
  const account = new ResendAccount("re_full_access");
  model.knowsKey = (token) => token === model.apiKey || account.keys.some((key) => key.token === token);
  const requests: AccountRequest[] = [];
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const request = {
      method: incoming.method ?? "",
      path: incoming.url ?? "",
      headers: new Headers(incoming.headers as Record<string, string>),
      body: Buffer.concat(chunks).toString(),
    };
    requests.push(request);
    const isBatch = request.method === "POST" && request.path === "/emails/batch";
    const reply: Reply = isBatch ? model.take(request) : account.take(request);
    if (reply.kind === "answer") response.writeHead(reply.status, reply.headers).end(reply.body);
    else if (reply.kind === "cut") response.destroy();
    // Silent: the client has to time out.
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    model,
    account,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
