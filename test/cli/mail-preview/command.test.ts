/** Tests `npm run mail`: a chapter, even a draft, shown as an email, written to a folder, or sent only to the author. */
import type { ChildProcess } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { isWholePng } from "../../publish/mail/one-mail.ts";
import { copyOf, edit } from "../../publish/release-folder.ts";
import { type Environment, runMail, startMail } from "./mail-command.ts";

let home: string;
beforeEach(() => {
  home = copyOf();
});
const run = (args: readonly string[], environment: Environment = {}) => runMail(home, args, environment);

test("--help says what it does", async () => {
  const { status, output } = await run(["--help"]);
  expect(status).toBe(0);
  expect(output.replace(/ +$/gm, "")).toBe(`Usage: npm run mail -- [options] <chapter>

Previews a chapter as an email; sends nothing unless you pass --to

Arguments:
  chapter         book/chapter, or book for its overview

Options:
  --to <email>    Send a test to this address through Resend
  --out <folder>  Write the email to this folder instead of previewing it
  --env <name>    Environment in wrangler.toml (default: CLOUDFLARE_ENV in the
                  shell or in an .env file)
  --port <port>   Port of the preview (default: any free port)
  -h, --help      Show this help`);
});

describe("what cannot be done is said in a sentence", () => {
  const key = { RESEND_API_KEY: "re_test" };
  test.each([
    [[], {}, "Name a chapter: npm run mail -- transformers/rope"],
    [["tea/coolin"], {}, "There is no chapter `tea/coolin`. Did you mean `tea/cooling`?"],
    [["cooling"], {}, "There is no chapter `cooling`. Did you mean `tea/cooling`?"],
    [["tea/milk"], {}, "`tea/milk` is planned but not written yet."],
    [["tea/cooling", "--too", "a@b.example"], {}, "Unknown option `--too`. Did you mean `--to`?"],
    [["tea/cooling", "--port", "x"], {}, "--port must be a whole number from 1 to 65535, not `x`."],
    [["tea/cooling", "--to", "ada"], key, "`ada` is not an email address: write it like `--to ada@example.org`."],
    [
      ["tea/cooling", "--to", "ada@example.org\nBcc: eve@example.org"],
      key,
      "`ada@example.org\nBcc: eve@example.org` is not an email address: write it like `--to ada@example.org`.",
    ],
    [
      ["tea/cooling", "--to", "ada@example.org"],
      {},
      "RESEND_API_KEY is not set. Put it in .dev.vars (`RESEND_API_KEY=re_…`), which git ignores, or set it in the environment.",
    ],
    [
      ["tea/cooling", "--to", "ada@example.org"],
      key,
      'MAIL_FROM is not set. Set it in [vars] of wrangler.toml, for example: MAIL_FROM = "Library <letters@example.org>".',
    ],
    [["tea/cooling", "--to", "ada@example.org", "--out", "x"], key, "Use either `--to` or `--out`, not both."],
    [["tea/cooling", "--out", "content/tea/book.md"], {}, "content/tea/book.md is a file: `--out` must be a folder."],
  ])("%j", async (args, environment, sentence) => {
    expect(await run(args, environment as Environment)).toEqual({ status: 1, output: sentence });
  });

  test("and mistakes of the text are shown where they are", async () => {
    edit(home, "content/tea/cooling.md", (text) => `${text}\nSee [more](nowhere).\n`);
    const { status, output } = await run(["tea/cooling", "--out", "out"]);
    expect(status).toBe(1);
    expect(output).toContain("error  There is no chapter `nowhere`.");
    expect(existsSync(join(home, "out"))).toBe(false);
  });
});

test("--out writes the whole mail, with its pictures beside it", async () => {
  const { status, output } = await run(["tea/cooling", "--out", "out"], {
    ORIGIN: "https://tea.example",
    POSTAL_ADDRESS: "1 Leaf Lane, Teatown",
  });
  const pictures = readdirSync(join(home, "out/pictures"));
  expect([status, output]).toEqual([0, `Wrote ${pictures.length + 2} files to out: open index.html there.`]);
  const html = readFileSync(join(home, "out/index.html"), "utf8");
  const shown = [...html.matchAll(/<img src="([^"]*)"/g)].map(([, source = ""]) => source);
  expect(new Set(shown)).toEqual(new Set(pictures.map((name) => `pictures/${name}`)));
  for (const name of pictures) expect(isWholePng(readFileSync(join(home, "out/pictures", name)))).toBe(true);
  // With the layout of src/mail around it.
  expect(html).toMatch(/^<!doctype html><html lang="en" dir="ltr">/);
  expect(html).toContain("1 Leaf Lane, Teatown");
  expect(html).toContain('href="https://tea.example/tea/cooling"');
  const text = readFileSync(join(home, "out/mail.txt"), "utf8");
  expect(text).toContain("https://tea.example/newsletter/leave/preview");
});

test.each([
  ["a book's overview", "tea"],
  ["a draft", "tea/gongfu"],
  ["a scheduled chapter", "tea/cold-brew"],
  ["a chapter by its file", "content/tea/leaves.md"],
])("%s can be looked at", async (_, name) => {
  expect((await run([name, "--out", "out"])).status).toBe(0);
  expect(readFileSync(join(home, "out/index.html"), "utf8")).toContain("Unsubscribe");
});

describe("the preview", () => {
  let child: ChildProcess | undefined;
  afterEach(() => void child?.kill("SIGKILL"));

  async function open(...args: string[]): Promise<string> {
    child = startMail(home, args);
    const { stdout } = child;
    return new Promise((resolve, reject) => {
      let output = "";
      stdout?.setEncoding("utf8").on("data", (text) => {
        output += text;
        const url = /http:\/\/127\.0\.0\.1:\d+\//.exec(output)?.[0];
        if (url) resolve(url);
      });
      child?.on("close", () => reject(new Error(output)));
    });
  }
  const get = async (url: string) => {
    const response = await fetch(url);
    return { status: response.status, headers: response.headers, body: await response.text() };
  };

  test("shows the mail in every way, with its pictures, and runs nothing of it", async () => {
    const url = await open("tea/cooling");
    const page = await get(url);
    expect(page.body).toContain('<iframe class="html"');
    for (const look of ["light", "dark", "turned", "images-off"]) {
      const { body, headers } = await get(`${url}mail/${look}`);
      expect(body).toMatch(/<img src="\/pictures\/0\.png" alt="[a-zA-Z]/);
      expect(headers.get("Content-Security-Policy")).toContain(
        look === "images-off" ? "img-src 'none'" : "img-src 'self'",
      );
      expect(headers.get("Content-Security-Policy")).not.toContain("script-src");
      expect(body).toContain(look === "dark" ? "@media all{" : "@media not all{");
    }
    expect(isWholePng(Buffer.from(await (await fetch(`${url}pictures/0.png`)).arrayBuffer()))).toBe(true);
    expect((await get(`${url}?view=text`)).body).toContain("dT/dt = −k (T − Tᵣ)    (1)");
    expect((await get(`${url}?view=headers`)).body).toContain("List-Unsubscribe=One-Click");
    expect((await get(`${url}pictures/99.png`)).status).toBe(404);
  });

  test("answers under this machine's own names only", async () => {
    const url = new URL(await open("tea/gongfu"));
    const status = await new Promise((resolve) => {
      const options = { host: "127.0.0.1", port: url.port, headers: { host: "evil.example" } };
      request(options, (response) => resolve(response.statusCode)).end();
    });
    expect(status).toBe(421);
  });

  test("follows the text, through mistakes, and ends with Ctrl+C", async () => {
    const url = await open("tea/leaves");
    const changes = await fetch(`${url}changes`);
    const reader = changes.body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toContain("listening");
    edit(home, "content/tea/leaves.md", (text) => `${text}\n[x](nowhere)\n`);
    edit(home, "content/tea/leaves.md", (text) => text.replace("\n[x](nowhere)\n", "\nA new last sentence.\n"));
    expect(new TextDecoder().decode((await reader?.read())?.value)).toContain("data: changed");
    expect((await get(`${url}mail/light`)).body).toContain("A new last sentence.");
    const ended = new Promise((resolve) => child?.on("close", resolve));
    child?.kill("SIGINT");
    expect(await ended).toBe(0);
  });

  test.each<[string, (child: ChildProcess) => unknown]>([
    ["when it is told to", (child) => child.kill("SIGTERM")],
    ["with whoever started it", (child) => child.stdin?.destroy()],
  ])("ends %s, although a page is open", async (_, end) => {
    await fetch(`${await open("tea/gongfu")}changes`);
    if (!child) throw new Error("It was not started.");
    const ended = new Promise((resolve) => child?.on("exit", resolve));
    end(child);
    expect(await ended).toBe(0);
  });

  test("a port that is taken is said to be", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => taken.on("listening", resolve));
    const { port } = taken.address() as AddressInfo;
    const { status, output } = await run(["tea/cooling", "--port", String(port)]);
    taken.close();
    expect([status, output]).toEqual([
      1,
      `Port ${port} is in use. Choose another, or omit \`--port\` to use a free one.`,
    ]);
  });
});
