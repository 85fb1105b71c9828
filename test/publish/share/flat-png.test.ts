/** Checks the encoder of images with few colours: every pixel is as it was drawn, and it refuses what it cannot keep. */
import sharp from "sharp";
import { expect, test } from "vitest";
import { encodeFlat } from "../../../src/publish/share/flat-png.ts";

/** An opaque image whose pixels have that many colours, each in a run of its own length. */
function rasterOf(colours: number) {
  const [width, height] = [61, 47];
  const pixels = new Uint8Array(width * height * 4);
  for (let index = 0; index < width * height; index++) {
    const colour = Math.floor(index / 3) % colours;
    pixels.set([colour & 255, (colour * 7) & 255, colour >> 8, 255], index * 4);
  }
  return { width, height, pixels };
}

test.each([1, 2, 200, 256])("%i colours are kept exactly", async (colours) => {
  const raster = rasterOf(colours);
  const { data, info } = await sharp(encodeFlat(raster)).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  expect([info.width, info.height]).toEqual([raster.width, raster.height]);
  expect(new Uint8Array(data)).toEqual(raster.pixels);
});

test("more colours than a palette has, and a pixel that is not opaque, are refused", () => {
  expect(encodeFlat(rasterOf(257))).toBeUndefined();
  const raster = rasterOf(2);
  raster.pixels[raster.pixels.length - 1] = 254;
  expect(encodeFlat(raster)).toBeUndefined();
});
