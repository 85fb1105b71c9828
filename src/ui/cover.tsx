/** A book's cover: cloth, the ornament of its idea, and the title stamped above it. */
import { raw } from "hono/html";

export interface CoverProps {
  readonly shortTitle: string;
  readonly cloth: string;
  /** SVG of 300 x 420 in `currentColor`; the upper third is left to the title. */
  readonly ornament: string | undefined;
}

/** Purely to be looked at: the link or heading beside it names the book. */
export const Cover = ({ shortTitle, cloth, ornament }: CoverProps) => (
  <div class="cover" data-cloth={cloth} aria-hidden="true">
    {ornament && raw(ornament)}
    <span class="cover-title">{shortTitle}</span>
  </div>
);
