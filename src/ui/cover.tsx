/** A book's cover: cloth, the ornament of its idea, and the title stamped above it. */
import { raw } from "hono/html";
import { wordsOf } from "../library/language.ts";

export interface CoverProps {
  readonly shortTitle: string;
  readonly cloth: string;
  readonly language?: string | undefined;
  /** SVG of 300 x 420 in `currentColor`; the upper third is left to the title. */
  readonly ornament: string | undefined;
}

/** Purely to be looked at; the ornament has a size for a page without its stylesheet: the link or heading beside it names the book. */
export const Cover = ({ shortTitle, cloth, language, ornament }: CoverProps) => (
  <div class="cover" data-cloth={cloth} aria-hidden="true" {...wordsOf({ language })}>
    {ornament && raw(ornament.replace("<svg ", `<svg width="150" height="210" `))}
    <span class="cover-title" dir="auto">
      {shortTitle}
    </span>
  </div>
);
