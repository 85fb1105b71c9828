/** Names the permanent identity of the text that a link leads to, for the ticks of ui/browser/progress/marks.ts. */
import type { CatalogueEntry } from "../library/catalogue.ts";

/** Attributes of the link; none if the identity is in its path, as it is unless the text was renamed or moved. */
export const identityOf = ({ id, path }: Pick<CatalogueEntry, "id" | "path">): { readonly "data-id"?: string } =>
  path === `/${id}` ? {} : { "data-id": id };
