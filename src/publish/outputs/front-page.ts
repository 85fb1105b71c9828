/** Builds the object of the home page and the About page: the covers of all books, and the library's own text. */
import { href } from "../../routes.ts";
import { jsonObject, type Output } from "./output.ts";

export const frontPage: Output = {
  name: "front page",
  build({ outline, covers, textAt }) {
    const front = jsonObject({
      kind: "front",
      about: textAt(href.about()).html,
      covers: Object.fromEntries(outline.books.map(({ slug }) => [slug, covers.get(slug) ?? ""])),
    });
    return { objects: [front], entries: { library: { front: front.hash } } };
  },
};
