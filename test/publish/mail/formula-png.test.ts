/** Checks the encoder of formulas against an independent decoder: every pixel has the colour its alpha and red call for. */
import sharp from "sharp";
import { expect, test } from "vitest";
import { ink, paper } from "../../../src/library/mail-look.ts";
import { encodeFormula } from "../../../src/publish/maths/formula-png.ts";

const channels = (colour: string) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
const [light, black] = [channels(paper), channels(ink)];

/** Paper of one of three transparencies, or one of twelve steps from paper to ink. */
function expectedColour(red: number, alpha: number): number[] {
  if (alpha < 255) return [...light, Math.round((alpha / 255) * 3) * 85];
  const [from = 0, to = 0] = [light[0], black[0]];
  const step = Math.round(Math.min(1, Math.max(0, (from - red) / (from - to))) * 12) / 12;
  return [...light.map((tone, index) => Math.round(tone + step * ((black[index] ?? 0) - tone))), 255];
}

/** Every red that is opaque, then every alpha; repeated to fill the image. */
const sample = (at: number) => (at % 512 < 256 ? { red: at % 256, alpha: 255 } : { red: 0, alpha: at % 256 });

test.each([
  [1, 1],
  [1, 512],
  [33, 31],
  [64, 8],
  [1105, 61],
])("an image of %i by %i pixels is decoded to exactly its colours", async (width, height) => {
  const samples = Array.from({ length: width * height }, (_, at) => sample(at));
  const pixels = Uint8Array.from(samples.flatMap(({ red, alpha }) => [red, 0, 0, alpha]));
  const png = encodeFormula(pixels, width, height);
  const { data, info } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  expect([info.width, info.height]).toEqual([width, height]);
  const wanted = Buffer.from(samples.flatMap(({ red, alpha }) => expectedColour(red, alpha)));
  expect(data.equals(wanted)).toBe(true);
});
