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
} as const satisfies Readonly<Record<string, Cloth>>;

export const clothNames = Object.keys(bookCloths) as readonly (keyof typeof bookCloths)[];
