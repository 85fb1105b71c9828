/** Renders the page that tells readers what is measured. */
import { href } from "../routes.ts";
import { Document } from "../ui/document.tsx";
import type { PageContext } from "../ui/page-context.ts";

interface Props {
  readonly page: PageContext;
  readonly newsletterOpen: boolean;
  readonly feedbackOpen: boolean;
  /** Whether links in emails are marked, so clicks are counted. */
  readonly countsClicks: boolean;
}

export function CountingPage({ page, newsletterOpen, feedbackOpen, countsClicks }: Props) {
  const words = page.words.measurement;
  return (
    <Document page={page} title={words.title} description={words.description} path={href.counting()}>
      <article class="reading">
        <header class="text-header">
          <h1>{words.title}</h1>
          <p class="standfirst">{words.lead}</p>
        </header>
        <div class="body">
          <p>{words.purpose}</p>
          <WhatWeKeep words={words.kept} />
          <h2>{words.alone.title}</h2>
          <p>{words.alone.one}</p>
          <p>{words.alone.hour}</p>
          <h2>{words.notKept.title}</h2>
          <p>{words.notKept.text}</p>
          <h2>{words.optOut.title}</h2>
          <p>
            {words.optOut.text((name) => (
              <i>{name}</i>
            ))}
          </p>
          {newsletterOpen && <EmailTracking words={words.email} countsClicks={countsClicks} />}
          {feedbackOpen && (
            <>
              <h2>{words.searches.title}</h2>
              <p>{words.searches.counted}</p>
              <p>{words.searches.stored}</p>
              <p>{words.searches.word}</p>
              <p>{words.searches.deleted}</p>
              <h2>{words.answers.title}</h2>
              <p>{words.answers.text}</p>
            </>
          )}
          <h2>{words.accuracy.title}</h2>
          <p>{words.accuracy.text}</p>
        </div>
      </article>
    </Document>
  );
}

type Measurement = PageContext["words"]["measurement"];

const WhatWeKeep = ({ words }: { readonly words: Measurement["kept"] }) => (
  <>
    <h2>{words.title}</h2>
    <ul>
      <li>{words.views}</li>
      <li>
        {words.referrer((host) => (
          <code>{host}</code>
        ))}
      </li>
      <li>{words.reading}</li>
    </ul>
    <p>{words.forever}</p>
  </>
);

const EmailTracking = ({ words, countsClicks }: Pick<Props, "countsClicks"> & { words: Measurement["email"] }) => (
  <>
    <h2>{words.title}</h2>
    <p>{words.opens}</p>
    <p>{countsClicks ? words.clicks((mark) => <code>{mark}</code>) : words.noClicks}</p>
  </>
);
