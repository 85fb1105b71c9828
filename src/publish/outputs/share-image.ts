/** Makes the image for links to pages that are not of a text, such as the home page. */
import { cachedImage } from "../drawing/cached-image.ts";
import { imageOfLibrary } from "../share/describe-image.ts";
import type { Output } from "./output.ts";

export const shareImage: Output = {
  name: "share image",
  async build({ outline, font }) {
    const { image, png = new Uint8Array() } = await cachedImage(imageOfLibrary(outline, font), () => false);
    const { hash, size } = image;
    return {
      objects: [{ hash, size, bytes: () => png, extension: "png" }],
      entries: { library: { shareImage: hash } },
    };
  },
};
