/**
 * `npm run mail -- <book>/<slug>`: previews any chapter, including drafts, as an email. Sends nothing without `--to`.
 */
import { once } from "node:events";
import { existsSync, fstatSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { Command } from "@commander-js/extra-typings";
import { watch } from "chokidar";
import { CommandError } from "../command-error.ts";
import { runCommand, sayingWhyNot } from "../command-line.ts";
import { type ChapterPreview, Previewer } from "../mail-preview/chapter-preview.ts";
import { type MailSettings, readMailSettings } from "../mail-preview/mail-settings.ts";
import { servePreview } from "../mail-preview/preview-server.ts";
import { checkAddress, checkSettings, sendTest } from "../mail-preview/send-test.ts";
import { writePreview } from "../mail-preview/write-preview.ts";
import { environmentOption } from "../options.ts";
import { parsePort } from "../port.ts";
import { showProblems } from "../terminal.ts";
import { useEnvironment } from "../wrangler/environment.ts";

const root = process.cwd();

const command = new Command("npm run mail --")
  .description("Previews a chapter as an email; sends nothing unless you pass --to")
  .usage("[options] <chapter>")
  .argument("[chapter]", "book/chapter, or book for its overview")
  .option("--to <email>", "Send a test to this address through Resend")
  .option("--out <folder>", "Write the email to this folder instead of previewing it")
  .addOption(environmentOption())
  .option("--port <port>", "Port of the preview (default: any free port)")
  .action((chapter, { env, ...options }) => {
    if (chapter === undefined) throw new CommandError("Name a chapter: npm run mail -- transformers/rope");
    useEnvironment(env);
    return carryOut({ chapter, ...options });
  });

interface Arguments {
  readonly chapter: string;
  readonly to?: string | undefined;
  readonly out?: string | undefined;
  readonly port?: string | undefined;
}

async function carryOut({ chapter, to, out, port }: Arguments): Promise<void> {
  if (to !== undefined && out !== undefined) throw new CommandError("Use either `--to` or `--out`, not both.");
  if (to !== undefined) checkAddress(to);
  if (out !== undefined && existsSync(out) && !statSync(out).isDirectory()) {
    throw new CommandError(`${out} is a file: \`--out\` must be a folder.`);
  }
  const settings = readMailSettings(root);
  if (to !== undefined) checkSettings(settings);
  const previewer = new Previewer(root, settings);
  const preview = await composed(previewer, chapter, to ?? "reader@example.org");
  if (preview === undefined) {
    process.exitCode = 1;
    return;
  }
  if (preview.warnings.length > 0) console.error(`${showProblems(preview.warnings)}\n`);
  if (to !== undefined) return send(preview, to, settings);
  if (out !== undefined) {
    console.log(`Wrote ${writePreview(resolve(root, out), preview)} files to ${out}: open index.html there.`);
    return;
  }
  await serve(previewer, chapter, preview, port === undefined ? 0 : parsePort("--port", port));
}

/** Prints the problems and returns `undefined` if content/ has errors. */
async function composed(previewer: Previewer, chapter: string, to: string): Promise<ChapterPreview | undefined> {
  const result = await previewer.preview(chapter, to, Date.now());
  if (result.kind === "composed") return result.preview;
  console.error(`${showProblems(result.problems)}\n`);
  return undefined;
}

async function send(preview: ChapterPreview, to: string, settings: MailSettings): Promise<void> {
  const id = await sendTest(preview, to, settings);
  console.log(
    `Sent to ${to} as “[Test] ${preview.message.subject}” (${id}). Images are embedded; the footer links are placeholders.`,
  );
}

/** Serves the preview until the command is stopped. Changes in content/ reload the open page. */
async function serve(previewer: Previewer, chapter: string, first: ChapterPreview, port: number): Promise<void> {
  const server = await servePreview(first, port);
  let work = Promise.resolve();
  const watcher = watch("content", {
    cwd: root,
    ignoreInitial: true,
    awaitWriteFinish: { stabilityThreshold: 40, pollInterval: 10 },
  });
  watcher.on("all", () => {
    work = work.then(async () => {
      // The chapter may have been renamed, and may reappear.
      await sayingWhyNot(async () => {
        const preview = await composed(previewer, chapter, first.message.to[0]);
        if (preview) server.show(preview);
      });
    });
  });
  await once(watcher, "ready");
  console.log(`\n  Preview: ${server.url}\n\n  Nothing is sent. Press Ctrl+C to stop.\n`);
  await toldToEnd();
  await Promise.all([watcher.close(), server.close()]);
  // A compilation in progress is no longer needed.
  process.exit(0);
}

/** Resolves on Ctrl+C, or when the parent process exits: that closes standard input, if it is a pipe. */
function toldToEnd(): Promise<void> {
  return new Promise((end) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => end());
    const input = fstatSync(process.stdin.fd);
    if (input.isFIFO() || input.isSocket())
      process.stdin
        .once("end", end)
        .once("error", () => end())
        .resume();
  });
}

await runCommand(command);
