/** Asks the author before a release whether a chapter is new or has moved; a line of front matter answers. */
import { fileOfPlace, isOverviewPlace } from "../../library/chapter-place.ts";
import type { Question } from "../../library/identify-release.ts";

/** Missing chapters named in one question. */
const maxNamed = 3;

/** The question, followed by the possible answers. `lastPlace`: last `book/slug` of a chapter, by its identity. */
export function askInFrontMatter({ place, mayBe, taken }: Question, lastPlace: (id: string) => string): string {
  const file = fileOfPlace(place);
  if (taken !== undefined) {
    return `${file} is at a former URL of \`${taken}\`, a chapter that has moved.\nGive it a new id: \`id: ${place}-2\`.`;
  }
  const [likeliest = "", ...others] = mayBe;
  const rest = others.slice(0, maxNamed - 1).map((id) => `\`${id}\``);
  const more = others.length > rest.length ? [`${others.length - rest.length} more`] : [];
  const missing = [`\`${likeliest}\``, ...rest, ...more].join(", ");
  return [
    `${file} may be a new chapter, or a chapter on record that is missing from this release: ${missing}.`,
    `If it moved: \`id: ${likeliest}\`, and \`redirect_from: [/${pathOf(lastPlace(likeliest))}]\` for its old URL.`,
    `If it is new: \`id: ${place}\`.`,
  ].join("\n");
}

const pathOf = (place: string): string => (isOverviewPlace(place) ? (place.split("/")[0] ?? "") : place);
