/** Declares the types of subset-font, which ships none. */
declare module "subset-font" {
  export default function subsetFont(
    font: Buffer,
    text: string,
    options: {
      readonly targetFormat: "woff2" | "woff" | "sfnt";
      readonly noLayoutClosure?: boolean;
      readonly noHinting?: boolean;
      /** OpenType features to keep, with their glyphs. Default: all. */
      readonly keepFeatures?: string[];
      readonly dropTables?: string[];
    },
  ): Promise<Buffer>;
}
