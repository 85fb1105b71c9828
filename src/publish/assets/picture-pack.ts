/** The pictures of a mail in one object: PNG files one behind the other, nothing else. So a chapter costs one write to KV for all of them. */
import { originMark } from "../../library/objects.ts";
import { href } from "../../routes.ts";
import { sha256 } from "../object-store.ts";

/** Stands in the HTML for the address of a picture, which is known when all of them are. */
const markForm = /\0picture (\d+)\0/g;

export class PicturePack {
  readonly #pictures: Uint8Array[] = [];
  readonly #known = new Map<string, number>();

  /** What stands for the picture's address until `seal`. The same picture is the same address. */
  add(png: Uint8Array): string {
    const hash = sha256(png);
    const index = this.#known.get(hash) ?? this.#pictures.push(png) - 1;
    this.#known.set(hash, index);
    return `\0picture ${index}\0`;
  }

  /** The HTML with addresses, and the pack: those pictures that the HTML shows, in their order there; none, no pack. */
  seal(html: string): { readonly html: string; readonly pack: Uint8Array | undefined } {
    const used = [...new Set([...html.matchAll(markForm)].map(([, index]) => Number(index)))];
    if (used.length === 0) return { html, pack: undefined };
    const files = used.map((index) => this.#pictures[index] ?? new Uint8Array());
    const pack = Buffer.concat(files);
    const hash = sha256(pack);
    const addresses = new Map<number, string>();
    let start = 0;
    for (const [place, { byteLength }] of files.entries()) {
      addresses.set(used[place] ?? 0, `${originMark}${href.mailPicture(hash, start, byteLength)}`);
      start += byteLength;
    }
    return { html: html.replace(markForm, (_, index: string) => addresses.get(Number(index)) ?? ""), pack };
  }
}
