/**
 * Builds fallback fonts from fonts installed on the reader's machine, adjusted to the metrics of our web fonts: on a
 * slow first visit lines break where they will with our fonts, so there is no layout shift when those arrive.
 */

export type Variant = "normal" | "italic" | "bold";

export interface FaceMeasures {
  /** Mean advance width of a character of English text (`sampleText`), in em. */
  readonly meanAdvance: number;
  /** In em; applied to local fonts with the `*-override` descriptors. */
  readonly ascent: number;
  readonly descent: number;
  readonly lineGap: number;
}

interface LocalFace {
  /** `font-family` of the `@font-face` rules; src/ui/styles/tokens.css lists it after our own family. */
  readonly family: string;
  /** Mean advance width, and full or PostScript names for `local()`. */
  readonly variants: Partial<Record<Variant, readonly [meanAdvance: number, ...names: string[]]>>;
}

/**
 * Measured with HarfBuzz, like our own fonts. For proprietary fonts a metric-compatible free font was measured: Gelasio
 * for Georgia, Arimo for Arial, Tinos for Times New Roman.
 */
const georgia: LocalFace = {
  family: "Local Georgia",
  variants: {
    normal: [0.4448, "Georgia", "Gelasio"],
    italic: [0.4526, "Georgia Italic", "Georgia-Italic", "Gelasio Italic"],
    bold: [0.5182, "Georgia Bold", "Georgia-Bold", "Gelasio Bold"],
  },
};
const notoSerif: LocalFace = {
  family: "Local Noto Serif",
  variants: {
    normal: [0.4831, "Noto Serif", "NotoSerif-Regular"],
    italic: [0.4683, "Noto Serif Italic", "NotoSerif-Italic"],
    bold: [0.5129, "Noto Serif Bold", "NotoSerif-Bold"],
  },
};
const times: LocalFace = {
  family: "Local Times",
  variants: {
    normal: [0.4047, "Times New Roman", "Liberation Serif", "Tinos"],
    italic: [0.4051, "Times New Roman Italic", "TimesNewRomanPS-ItalicMT", "Liberation Serif Italic"],
    bold: [0.4318, "Times New Roman Bold", "TimesNewRomanPS-BoldMT", "Liberation Serif Bold"],
  },
};
const dejavuSerif: LocalFace = {
  family: "Local DejaVu Serif",
  variants: {
    normal: [0.516, "DejaVu Serif"],
    italic: [0.516, "DejaVu Serif Italic"],
    bold: [0.5703, "DejaVu Serif Bold"],
  },
};
const arial: LocalFace = {
  family: "Local Arial",
  variants: {
    normal: [0.4455, "Arial", "ArialMT", "Liberation Sans", "Arimo"],
    bold: [0.4813, "Arial Bold", "Arial-BoldMT", "Liberation Sans Bold", "Arimo Bold"],
  },
};
const roboto: LocalFace = {
  family: "Local Roboto",
  variants: { normal: [0.444, "Roboto", "Roboto-Regular"], bold: [0.4509, "Roboto Bold", "Roboto-Bold"] },
};
const dejavuSans: LocalFace = {
  family: "Local DejaVu Sans",
  variants: { normal: [0.5092, "DejaVu Sans"], bold: [0.5754, "DejaVu Sans Bold"] },
};
const menlo: LocalFace = {
  family: "Local Menlo",
  variants: { normal: [0.6021, "Menlo", "Menlo-Regular", "DejaVu Sans Mono"] },
};
const consolas: LocalFace = { family: "Local Consolas", variants: { normal: [0.5498, "Consolas"] } };
const courier: LocalFace = {
  family: "Local Courier",
  variants: { normal: [0.6001, "Roboto Mono", "Liberation Mono", "Cousine", "Courier New"] },
};

/** Our family -> its fallbacks, in the order of `--serif`, `--sans` and `--mono`. */
const localFaces: Readonly<Record<string, readonly LocalFace[]>> = {
  "Library Serif": [georgia, notoSerif, times, dejavuSerif],
  "Library Sans": [arial, roboto, dejavuSans],
  "Library Mono": [menlo, consolas, courier],
};

const percent = (share: number): string => `${Number((100 * share).toFixed(2))}%`;

/** The `@font-face` rules of all fallbacks for one of our faces. `ours`: the metrics of that face. */
export function standInRules(
  face: { readonly family: string; readonly weight: string; readonly style: string; readonly variant: Variant },
  ours: FaceMeasures,
): string[] {
  return (localFaces[face.family] ?? []).flatMap(({ family, variants }) => {
    const [meanAdvance, ...names] = variants[face.variant] ?? [];
    if (meanAdvance === undefined) return [];
    const size = ours.meanAdvance / meanAdvance;
    // The range excludes scripts that our fonts lack: system fonts show them at their own size. Overrides are relative
    // to the adjusted size.
    const descriptors = [
      `font-family:"${family}"`,
      `font-weight:${face.weight}`,
      `font-style:${face.style}`,
      `unicode-range:U+0-52F,U+1E00-2BFF`,
      `src:${names.map((name) => `local("${name}")`).join(",")}`,
      `size-adjust:${percent(size)}`,
      `ascent-override:${percent(ours.ascent / size)}`,
      `descent-override:${percent(ours.descent / size)}`,
      `line-gap-override:${percent(ours.lineGap / size)}`,
    ];
    return [`@font-face{${descriptors.join(";")}}`];
  });
}
