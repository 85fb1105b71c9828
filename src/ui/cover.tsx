/** Renders a book's cover: its cloth, the ornament, and the title above it. */
import { raw } from "hono/html";
import { wordsOf } from "../library/language.ts";

export interface CoverProps {
  readonly shortTitle: string;
  readonly cloth: string;
  readonly language?: string | undefined;
  /** SVG of 300 x 420 in `currentColor`; its upper third is reserved for the title. */
  readonly ornament: string | undefined;
}

/**
 * Decorative, because the link or heading beside it names the book. The ornament has a size in case the stylesheet is
 * missing.
 */
export const Cover = ({ shortTitle, cloth, language, ornament }: CoverProps) => (
  <div class="cover" data-cloth={cloth} aria-hidden="true" {...wordsOf({ language })}>
    {ornament && raw(ornament.replace("<svg ", `<svg width="150" height="210" `))}
    <span class="cover-title" dir="auto">
      {shortTitle}
    </span>
  </div>
);
