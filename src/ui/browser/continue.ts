/**
 * Runs before the first paint of pages that lead into the books: what head.ts does, ticks below covers, and a link to where
 * the reader was. An element is filled in while the page is parsed, so nothing moves.
 */
import "./head.ts";
import { continuationOf } from "./progress/continuation.ts";
import { readDone, readReading } from "./progress/kept-progress.ts";
import { showRules } from "./progress/marks.ts";
import { shelfRules } from "./progress/tick-rules.ts";
import { whenStoredAgain } from "./stored-again.ts";

/** Empty as long as there is nothing to continue: a button, or a heading with the title below it. */
class ContinueReading extends HTMLElement {
  connectedCallback(): void {
    this.show();
    whenStoredAgain(() => this.show());
  }

  show(): void {
    const found = continuationOf(readReading(), readDone(), location.pathname);
    this.replaceChildren();
    if (!found) return;
    const { heading, label = "" } = this.dataset;
    const link = document.createElement("a");
    link.href = found.path;
    if (heading === undefined) {
      const [shortTitle = ""] = found.title.split(": ");
      const title = document.createElement("bdi");
      title.append(shortTitle);
      const [before = "", after = ""] = label.split("{}");
      // One item of the button, which would leave out the space between two.
      const text = document.createElement("span");
      text.append(before, title, after);
      link.className = "button";
      link.append(text);
      this.append(link);
      return;
    }
    const name = document.createElement("h2");
    name.append(heading);
    const line = document.createElement("p");
    link.dir = "auto";
    link.className = "entry-title";
    link.append(found.title);
    line.append(link);
    this.append(name, line);
    // The colour of the text's book.
    if (found.cloth !== undefined) this.dataset.cloth = found.cloth;
  }
}

showRules(shelfRules);
customElements.define("continue-reading", ContinueReading);
