/** Defines the cloths, the colours a book's cover can be bound in, for pages, covers, emails and front matter. */

export interface Cloth {
  /** Links, marks and buttons in the light theme. */
  readonly light: string;
  /** The same in the dark theme. */
  readonly dark: string;
  /** The background of the cover, in both themes. */
  readonly cover: string;
}

/** For pages that belong to no book. */
export const libraryCloth: Cloth = { light: "#3b4049", dark: "#b9bec8", cover: "#3b4049" };

/** Name in front matter -> colours. */
export const bookCloths = {
  indigo: { light: "#34408c", dark: "#aab4f2", cover: "#2c3676" },
  green: { light: "#1d5c45", dark: "#8fccae", cover: "#1c4f3d" },
  madder: { light: "#8f2d38", dark: "#eb9ea4", cover: "#7c2731" },
  ochre: { light: "#77540d", dark: "#dcb869", cover: "#6e4f12" },
  slate: { light: "#3c4a57", dark: "#abbac8", cover: "#37444f" },
  plum: { light: "#6d3072", dark: "#d9a7de", cover: "#5c2a61" },
  rust: { light: "#8c3d12", dark: "#eda47c", cover: "#8a4220" },
  petrol: { light: "#005c6e", dark: "#62cfe0", cover: "#005463" },
  olive: { light: "#50590f", dark: "#c0ca79", cover: "#525a1a" },
} as const satisfies Readonly<Record<string, Cloth>>;

export type ClothName = keyof typeof bookCloths;

export const clothNames = Object.keys(bookCloths) as readonly ClothName[];
