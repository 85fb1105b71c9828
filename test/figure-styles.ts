/**
 * Builds one stylesheet with what a page of the site applies to its figures, for figures that no page was compiled for.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { filesOf, stylesFolder } from "../src/publish/assets/bundle-styles.ts";
import { repository } from "./world.ts";

const file = (path: string) =>
  `data:font/${path.endsWith("ttf") ? "ttf" : "woff2"};base64,${readFileSync(join(repository, "node_modules", path), "base64")}`;
const face = (family: string, path: string, weight = 400) =>
  `@font-face { font-family: "${family}"; font-weight: ${weight}; src: url(${file(path)}); }`;
const faces = [
  face("Library Serif", "@expo-google-fonts/literata/400Regular/Literata_400Regular.ttf"),
  face("Library Sans", "@expo-google-fonts/alegreya-sans/400Regular/AlegreyaSans_400Regular.ttf"),
  face("Library Sans", "@expo-google-fonts/alegreya-sans/700Bold/AlegreyaSans_700Bold.ttf", 700),
  face("KaTeX_Main", "katex/dist/fonts/KaTeX_Main-Regular.woff2"),
  face("KaTeX_Math", "katex/dist/fonts/KaTeX_Math-Italic.woff2").replace("{", "{ font-style: italic;"),
];
const sheets = (["reader", "maths"] as const)
  .flatMap(filesOf)
  .filter((sheet) => sheet !== "print.css" && sheet !== "home.css");

/** Includes the fonts. */
export const figureStyles = [...faces, ...sheets.map((sheet) => readFileSync(join(stylesFolder, sheet), "utf8"))].join(
  "\n",
);
