/** What the home page and the About page show: the covers of all books, and the library's own text. */
import { href } from "../../routes.ts";
import { ornamentOf } from "../assets/book-covers.ts";
import { jsonObject, type Output } from "./output.ts";

export const frontPage: Output = {
  name: "front page",
  build({ outline, textAt }) {
    const front = jsonObject({
      kind: "front",
      about: textAt(href.about()).html,
      covers: Object.fromEntries(outline.books.map((book) => [book.slug, ornamentOf(book)])),
    });
    return { objects: [front], entries: { library: { front: front.hash } } };
  },
};
