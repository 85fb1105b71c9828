/** Resolves the drawing kit, src/figures, for modules of books, which import it as `#figures/drawing.ts`. */
import { join } from "node:path";

/**
 * Alias for esbuild. Other tools use `imports` of package.json, which a library outside of the project does not have.
 */
export const kitAlias = { "#figures": join(import.meta.dirname, "../../figures") };
