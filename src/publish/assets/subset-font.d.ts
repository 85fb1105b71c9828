/** subset-font brings no types. */
declare module "subset-font" {
  export default function subsetFont(
    font: Buffer,
    text: string,
    options: {
      readonly targetFormat: "woff2" | "woff" | "sfnt";
      readonly noLayoutClosure?: boolean;
      readonly noHinting?: boolean;
      /** OpenType features, with the glyphs that they lead to; all of them if left out. */
      readonly keepFeatures?: string[];
    },
  ): Promise<Buffer>;
}
