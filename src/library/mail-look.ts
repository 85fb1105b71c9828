/**
 * Defines the colours and fonts of emails, for the frame (src/mail) and the chapter in it (src/publish). The colours are
 * those of src/ui/styles/tokens.css.
 */
import { bookCloths, type Cloth, libraryCloth } from "./cloths.ts";

/** Installed fonts only: emails embed none. */
export const faces = {
  serif: "Georgia, 'Times New Roman', serif",
  sans: "-apple-system, 'Segoe UI', Helvetica, Arial, sans-serif",
  mono: "Menlo, Consolas, monospace",
} as const;

export const paper = "#fffdf8";
export const ink = "#1c1a17";
export const soft = "#595c64";
export const rule = "#dcd9d0";

/** For clients that support `prefers-color-scheme`. */
export const dark = { paper: "#16181d", ink: "#dcdad3", soft: "#a3a5a8", rule: "#353942" } as const;

/** A book's colours, for its links and buttons. */
export const cloths: Readonly<Record<string, Cloth>> = { library: libraryCloth, ...bookCloths };

/** In listings: keywords, function names, strings. */
export const code = {
  word: { light: "#7a3e97", dark: "#cb9fe4" },
  name: { light: "#1f5fae", dark: "#82b4f2" },
  text: { light: "#0b6b58", dark: "#5fcab0" },
} as const;

/** A cloth's colours in the light and dark theme, and the classes that switch them: for text, and for a background. */
export function clothOf(name: string | undefined): { colour: string; dark: string; link: string; ground: string } {
  const known = name !== undefined && Object.hasOwn(cloths, name) ? name : "library";
  const { light, dark } = cloths[known] ?? libraryCloth;
  return { colour: light, dark, link: `ml-link-${known}`, ground: `ml-ground-${known}` };
}
