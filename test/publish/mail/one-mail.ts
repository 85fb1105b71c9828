/** Compiles one text as an email: returns its HTML, plain text, images, and the messages for the author. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type MailObject, originMark } from "../../../src/library/objects.ts";
import { tokenize, tokenizeInline } from "../../../src/publish/markdown/syntax.ts";
import { captionOf, texOf } from "../../../src/publish/markdown/token-text.ts";
import { asOwn, forEachToken } from "../../../src/publish/markdown/tokens.ts";
import { typesetMaths } from "../../../src/publish/maths/maths.ts";
import type { ChapterFields } from "../../../src/publish/source/content-schema.ts";
import { formatProblems } from "../../../src/publish/source/problem.ts";
import { ownLibrary } from "../../own-library.ts";
import { compile } from "../one-text.ts";

export interface OneMail {
  readonly mail: MailObject;
  /** With readable placeholders for the origin and for URLs of images: `{origin}`, `{picture 1}`. */
  readonly html: string;
  readonly text: string;
  /** In the order of the HTML, without duplicates. */
  readonly pictures: readonly Buffer[];
  readonly pack: Buffer | undefined;
  readonly told: string;
}

export async function mailOf(markdown: string, root?: string, symbols?: ChapterFields["symbols"]): Promise<OneMail> {
  const compiled = await compile(markdown, undefined, symbols, { asMail: true, ...(root !== undefined && { root }) });
  const told = compiled.problems.length === 0 ? "" : formatProblems(compiled.problems, (words) => words);
  if (!compiled.mail) throw new Error(told);
  const mail = JSON.parse(String(compiled.objects.get(compiled.mail.mail))) as MailObject;
  const { mailPictures } = compiled.mail;
  const pack = mailPictures === undefined ? undefined : Buffer.from(compiled.objects.get(mailPictures) ?? []);
  const addresses = [...new Set([...mail.html.matchAll(pictureForm)].map(([address]) => address))];
  const pictures = addresses.map((address) => pictureAt(address, mailPictures, pack));
  const html = mail.html
    .replace(pictureForm, (address) => `{picture ${addresses.indexOf(address) + 1}}`)
    .replaceAll(originMark, "{origin}");
  return { mail, html, text: mail.text.replaceAll(originMark, "{origin}"), pictures, pack, told };
}

const pictureForm = new RegExp(`${originMark}/mail/[0-9a-f]{64}/\\d+-\\d+\\.png`, "g");

/** The bytes that a URL refers to. */
function pictureAt(address: string, hash: string | undefined, pack: Buffer | undefined): Buffer {
  const [, named, start, length] = /\/mail\/([0-9a-f]{64})\/(\d+)-(\d+)\.png$/.exec(address) ?? [];
  if (named !== hash || !pack) throw new Error(`${address} names another pack than ${hash}`);
  return pack.subarray(Number(start), Number(start) + Number(length));
}

/** Accepts exactly one PNG, from its signature to the end of its last chunk. */
export function isWholePng(bytes: Buffer): boolean {
  if (bytes.toString("latin1", 0, 8) !== "\x89PNG\r\n\x1a\n") return false;
  let at = 8;
  while (at < bytes.byteLength) {
    const name = bytes.toString("latin1", at + 4, at + 8);
    at += 12 + bytes.readUInt32BE(at);
    if (name === "IEND") return at === bytes.byteLength;
  }
  return false;
}

export interface Formula {
  readonly tex: string;
  readonly displayed: boolean;
}

/** Every formula of the library's own chapters, without duplicates. */
export function libraryFormulas(): Formula[] {
  const content = join(ownLibrary, "content");
  const files = readdirSync(content, { recursive: true, encoding: "utf8" }).filter((name) => /[\\/].*\.md$/.test(name));
  const found = new Map<string, Formula>();
  const visit = (token: Parameters<Parameters<typeof forEachToken>[1]>[0]) => {
    const own = asOwn(token);
    if (own?.type === "inlineMaths" || own?.type === "displayedMaths") {
      const displayed = own.type === "displayedMaths";
      found.set(`${displayed} ${texOf(own)}`, { tex: texOf(own), displayed });
    }
    if (token.type === "image" && "href" in token) forEachToken(tokenizeInline(captionOf(token as never) ?? ""), visit);
  };
  for (const name of files) {
    const text = readFileSync(join(content, name), "utf8")
      .replace(/^---\n[\s\S]*?\n---\n/, "")
      // Computed numbers with their values inserted.
      .replace(/\{\{[A-Za-z][\w.]*=((?:[^{}]|\{[^{}]*\})*)\}\}/g, "$1");
    forEachToken(tokenize(text), visit);
  }
  return [...found.values()];
}

export function mathmlOf(tex: string, displayed = false): string {
  const result = typesetMaths(tex, displayed);
  if (result.kind === "bad-tex") throw new Error(result.message);
  return result.mathml;
}
