/** Cloths: the colours a book's cover can be bound in. The one table of them; pages, covers, emails and front matter read it. */

export interface Cloth {
  /** Links, marks and buttons on paper. */
  readonly light: string;
  /** The same in the dark theme. */
  readonly dark: string;
  /** The ground of the cover, in both themes. */
  readonly cover: string;
}

/** Of pages that belong to no book. */
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
