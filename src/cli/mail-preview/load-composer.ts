/**
 * What composes mails for the Worker, for the compiler's commands: bundled and loaded while they run, because it is
 * written in TSX and belongs to rooms that the compiler knows nothing of.
 */
import { join } from "node:path";
import { build } from "esbuild";
import type { Manifest } from "../../library/manifest.ts";

/** A mail as it would be handed to Resend, less its tags. */
export interface PreviewMessage {
  readonly from: string;
  readonly to: readonly [string];
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Composer {
  /** See src/editions/sending/preview-mail.ts. */
  readonly previewMail: (order: {
    readonly manifest: Omit<Manifest, "assets">;
    readonly path: string;
    readonly now: number;
    readonly origin: string;
    readonly from: string;
    readonly to: string;
    readonly postalAddress: string | undefined;
    readonly readObject: (hash: string) => Uint8Array | undefined;
  }) => Promise<PreviewMessage>;
  /** Around everything dark in a mail. */
  readonly darkQuery: string;
}

const entry = join(import.meta.dirname, "../../editions/sending/preview-mail.ts");

export async function loadComposer(): Promise<Composer> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2024",
    jsx: "automatic",
    jsxImportSource: "hono/jsx",
    logLevel: "silent",
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString("base64");
  return (await import(`data:text/javascript;base64,${code}`)) as Composer;
}
