/** Builds the object of the home page and the About page: the covers that it may show, and the library's own text. */
import { booksForShelf } from "../../library/home-shelf.ts";
import { href } from "../../routes.ts";
import { jsonObject, type Output } from "./output.ts";

export const frontPage: Output = {
  name: "front page",
  build({ books, covers, textAt }) {
    const front = jsonObject({
      kind: "front",
      about: textAt(href.about()).html,
      covers: Object.fromEntries(booksForShelf(books).map(({ slug }) => [slug, covers.get(slug) ?? ""])),
    });
    return { objects: [front], entries: { library: { front: front.hash } } };
  },
};
