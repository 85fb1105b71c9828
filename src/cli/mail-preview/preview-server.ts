/** Serves an email preview on this machine only, until the command ends. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { CommandError } from "../command-error.ts";
import type { ChapterPreview } from "./chapter-preview.ts";
import { framedMail, isView, type Look, looks, previewPage, reloadScript } from "./preview-pages.ts";

export interface PreviewServer {
  readonly url: string;
  /** Replaces the preview and reloads open pages. */
  show(preview: ChapterPreview): void;
  close(): Promise<void>;
}

/** `port` 0 uses any free port. */
export async function servePreview(first: ChapterPreview, port: number): Promise<PreviewServer> {
  let preview = first;
  const listeners = new Set<ServerResponse>();
  const server = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once("error", () =>
      reject(new CommandError(`Port ${port} is in use. Choose another, or omit \`--port\` to use a free one.`)),
    );
    server.listen(port, "127.0.0.1", resolve);
  });
  const { port: chosen } = server.address() as AddressInfo;
  const hosts = [`127.0.0.1:${chosen}`, `localhost:${chosen}`];
  return {
    url: `http://127.0.0.1:${chosen}/`,
    show(next) {
      preview = next;
      for (const listener of listeners) listener.write("data: changed\n\n");
    },
    close: () =>
      new Promise((resolve) => {
        for (const listener of listeners) listener.end();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    // Prevents DNS rebinding: a foreign site could point its host name at this machine, and read drafts.
    if (!hosts.includes(request.headers.host ?? ""))
      send(response, { status: 421, type: "text/plain", body: "Not found." });
    else if (url.pathname === "/changes") listen(request, response);
    else send(response, replyTo(url));
  }

  function replyTo({ pathname, searchParams }: URL): Reply {
    if (pathname === "/reload.js") return { type: "text/javascript", body: reloadScript };
    if (pathname === "/") {
      const view = searchParams.get("view") ?? "html";
      return { type: "text/html", body: previewPage(preview, isView(view) ? view : "html"), policy: pagePolicy };
    }
    const look = looks.find((name) => pathname === `/mail/${name}`);
    if (look !== undefined) {
      const body = framedMail(preview, look, (index) => `/pictures/${index}.png`);
      return { type: "text/html", body, policy: mailPolicy(look) };
    }
    const index = /^\/pictures\/(\d+)\.png$/.exec(pathname)?.[1];
    const picture = index === undefined ? undefined : [...preview.pictures.values()][Number(index)];
    if (picture) return { type: "image/png", body: picture };
    return { status: 404, type: "text/plain", body: "Not found." };
  }

  function listen(request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
    response.write(": listening\n\n");
    listeners.add(response);
    request.on("close", () => listeners.delete(response));
  }
}

const pagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; connect-src 'self'; frame-src 'self'";

/** CSP for the framed email, stricter than any email client. */
const mailPolicy = (look: Look): string =>
  `default-src 'none'; style-src 'unsafe-inline'; img-src ${look === "images-off" ? "'none'" : "'self'"}; sandbox allow-popups allow-popups-to-escape-sandbox`;

interface Reply {
  readonly status?: number;
  readonly type: string;
  readonly body: string | Uint8Array;
  readonly policy?: string;
}

function send(response: ServerResponse, { status = 200, type, body, policy }: Reply): void {
  response.writeHead(status, {
    "Content-Type": type.startsWith("text/") ? `${type}; charset=utf-8` : type,
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    ...(policy !== undefined && { "Content-Security-Policy": policy }),
  });
  response.end(body);
}
