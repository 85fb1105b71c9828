/** Writes an image in our syntax, which has both an alt text and a caption. */
import type { InlineContext } from "./inline-context.ts";

export interface WrittenImage {
  readonly target: string;
  readonly alt: string;
  readonly caption: string;
  readonly label?: string | undefined;
}

export function imageMarkdown(image: WrittenImage, context: InlineContext): string {
  const { draft, place, convert } = context;
  const { target, label } = image;
  const name = draft.images.add(target);
  if (name === undefined && /^https?:/.test(target)) {
    draft.find(
      place,
      `The image \`${target}\` is on another site, so it became a link: download it, and put it beside the chapter.`,
    );
    return `[${plain(image.alt || image.caption) || "Image"}](${target})`;
  }
  if (name === undefined) {
    draft.find(place, `The image \`${target}\` was not copied: no PNG, JPEG, WebP, AVIF or GIF file was found there.`);
  }
  const isOutput = target.startsWith("output:");
  const standard = isOutput ? "The output of the listing above." : "";
  const alt = plain(image.alt) || plain(image.caption) || standard;
  const caption = image.caption.trim() === "" ? alt : convert(image.caption.trim());
  if (alt === "") draft.find(place, `The image \`${target}\` has neither alt text nor caption: describe it.`);
  else if (isOutput)
    draft.find(place, "An image in an output has no alt text: describe it in brackets, and write a caption.");
  else if (plain(image.alt) === "")
    draft.find(place, `The image \`${target}\` has no alt text: its caption is used, so describe it.`);
  else if (image.caption.trim() === "") {
    draft.find(place, `The image \`${target}\` has no caption: its alt text is used, so write what to notice.`);
  }
  // The title of an image is in double quotes, so those of tags in it become single ones.
  const title = caption
    .replace(/\s+/g, " ")
    .replace(/(<[^<>]*?=)"([^"<>]*)"/g, "$1'$2'")
    .replaceAll(/\\?"/g, '\\"');
  const shown = title === "" ? "" : ` "${title}"`;
  const mark = label === undefined ? "" : draft.element("fig", label);
  return `![${alt}](${name ?? nameIn(target)}${shown})${mark}`;
}

/** Without brackets and markup that would end it. */
const plain = (text: string): string =>
  text
    .replace(/\[([^\]]*)\](\([^)]*\))?/g, "$1")
    .replace(/[[\]]/g, "")
    .replace(/\s+/g, " ")
    .trim();

/** The compiler reports an image that is not there by this name. */
const nameIn = (target: string): string => encodeURI(target.split("/").at(-1) || "image");
