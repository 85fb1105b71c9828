/**
 * Packs the images of an email into one object, PNG files concatenated without a header, so that all images of a
 * chapter cost one write to KV.
 */
import { originMark } from "../../library/objects.ts";
import { href } from "../../routes.ts";
import { sha256 } from "../object-store.ts";

/** Placeholder for the URL of an image: URLs are known when the pack is complete. */
const markForm = /\0picture (\d+)\0/g;

export class PicturePack {
  readonly #pictures: Uint8Array[] = [];
  readonly #known = new Map<string, number>();

  /** The placeholder for the image's URL until `seal`. Identical images share one URL. */
  add(png: Uint8Array): string {
    const hash = sha256(png);
    const index = this.#known.get(hash) ?? this.#pictures.push(png) - 1;
    this.#known.set(hash, index);
    return `\0picture ${index}\0`;
  }

  /** The HTML with URLs, and the pack of the images it shows, in the same order; no pack if it shows none. */
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
