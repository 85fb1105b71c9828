/** Measures a font file: its character set, metrics and mean advance width. */
import * as harfbuzz from "harfbuzzjs";
import type { FaceMeasures } from "./local-faces.ts";

/** Typical text, over which the mean advance widths of two faces are compared. */
const sampleText =
  "A library of small books on machine learning. Each chapter answers one question in three to five minutes, with the formula, the numbers to check it by hand, and a figure. Why does attention divide by the square root of the dimension? What does a graph network learn from its neighbours?";

export interface MeasuredFont extends FaceMeasures {
  readonly characters: ReadonlySet<number>;
}

/** `bytes`: a TrueType or OpenType file. */
export function measureFont(bytes: Uint8Array): MeasuredFont {
  const face = new harfbuzz.Face(new harfbuzz.Blob(bytes));
  const font = new harfbuzz.Font(face);
  const { ascender, descender, lineGap } = font.hExtents();
  const buffer = new harfbuzz.Buffer();
  buffer.addText(sampleText);
  buffer.guessSegmentProperties();
  harfbuzz.shape(font, buffer);
  const advance = buffer.getGlyphPositions().reduce((sum, { xAdvance }) => sum + xAdvance, 0);
  return {
    characters: new Set(face.collectUnicodes()),
    meanAdvance: advance / face.upem / sampleText.length,
    ascent: ascender / face.upem,
    descent: -descender / face.upem,
    lineGap: lineGap / face.upem,
  };
}
