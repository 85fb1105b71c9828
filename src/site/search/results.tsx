/** Renders search results: for each chapter the best place, and perhaps others that are nearly as good. */
import { raw } from "hono/html";
import type { PageContext } from "../../ui/page-context.ts";
import type { ResponseChapter, ResponsePiece, ResponsePlace } from "../../ui/search-response.ts";

interface ResultsProps {
  readonly page: PageContext;
  readonly chapters: readonly ResponseChapter[];
}

export const Results = ({ page, chapters }: ResultsProps) => (
  <ol class="search-results">
    {chapters.map((chapter) => (
      <Result page={page} chapter={chapter} />
    ))}
  </ol>
);

function Result({ page, chapter }: { readonly page: PageContext; readonly chapter: ResponseChapter }) {
  const { id, title, book, number, places } = chapter;
  const [best, ...others] = places;
  if (!best) return null;
  return (
    <li>
      <p class="result-book" dir="auto">
        {number > 0 ? page.words.search.place(book, number) : book}
      </p>
      <h2 dir="auto">
        <a href={best.url} data-id={id}>
          <Pieces pieces={title} />
        </a>
      </h2>
      <p class="result-place" dir="auto">
        <PlaceName place={best} />
      </p>
      <PlaceText place={best} />
      {others.length > 0 && (
        <ul>
          {others.map((place) => (
            <li>
              <a class="result-place" href={place.url} dir="auto">
                <PlaceName place={place} />
              </a>
              <PlaceText place={place} />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

const PlaceName = ({ place: { label, name } }: { readonly place: ResponsePlace }) => (
  <>
    <span class="result-kind">{label}</span>
    {name.length > 0 && " · "}
    <Pieces pieces={name} />
  </>
);

/** A formula may be wider than the page: it scrolls, and the link in it makes that possible by keyboard. */
const PlaceText = ({ place: { mathml, snippet, url } }: { readonly place: ResponsePlace }) =>
  mathml === undefined ? (
    <p class="result-text" dir="auto">
      <Pieces pieces={snippet} />
    </p>
  ) : (
    <div class="result-formula">
      <a href={url}>{raw(mathml)}</a>
    </div>
  );

/** Words of the query are marked. */
const Pieces = ({ pieces }: { readonly pieces: readonly ResponsePiece[] }) => (
  <>{pieces.map(({ text, hit }) => (hit ? <mark>{text}</mark> : text))}</>
);
