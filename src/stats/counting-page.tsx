/** What is counted here and what is not, for readers. It says what the code of this room does; change both together. */
import { href } from "../routes.ts";
import { Document } from "../ui/document.tsx";
import type { PageContext } from "../ui/page-context.ts";

interface Props {
  readonly page: PageContext;
  readonly newsletterOpen: boolean;
  readonly feedbackOpen: boolean;
  /** Whether links in mails say that they were followed from a mail. */
  readonly countsClicks: boolean;
}

export const CountingPage = ({ page, newsletterOpen, feedbackOpen, countsClicks }: Props) => (
  <Document
    page={page}
    title="What we measure"
    description="What this library measures, what it does not, and how to opt out."
    path={href.counting()}
  >
    <article class="reading">
      <header class="text-header">
        <h1>What we measure</h1>
        <p class="standfirst">We count page views, not people.</p>
      </header>
      <div class="body">
        <p>
          The author wants to know which chapters are read to the end and where readers give up. Totals are enough for
          that, so we keep totals and nothing that says who read.
        </p>
        <WhatWeKeep />
        <OnlyReader />
        <WhatWeDoNotKeep />
        <h2>How to opt out</h2>
        <p>
          If your browser sends <i>Do Not Track</i> or <i>Global Privacy Control</i>, you are not counted at all, and
          the script sends nothing. Search engines, link previews and other bots are excluded too, and so are pages that
          a browser prefetches.
        </p>
        {newsletterOpen && <EmailTracking countsClicks={countsClicks} />}
        {feedbackOpen && <AboutFeedback />}
        <h2>How accurate the numbers are</h2>
        <p>
          They run slightly low. Two people with the same browser behind one IP address count as one. Counts are
          buffered for twenty seconds before they are written, and a buffer is lost if its server stops or cannot reach
          the database for several minutes. We would rather lose a few views than make a page wait.
        </p>
      </div>
    </article>
  </Document>
);

const WhatWeKeep = () => (
  <>
    <h2>What we keep</h2>
    <ul>
      <li>For each day and page: the number of views.</li>
      <li>
        The referrer: the host name of the site with the link, such as <code>example.org</code>, or the page within this
        library. Never the full URL of the referring page, and never a search query.
      </li>
      <li>
        For chapters: how many views reached a quarter, half, three quarters and the end of the text, how many lasted at
        least half the reading time, and the total time in seconds. A small script adds this up while the page is
        visible and sends it when you leave. Without JavaScript, only the view is counted.
      </li>
    </ul>
    <p>Daily totals are kept indefinitely. They describe chapters, not people.</p>
  </>
);

const OnlyReader = () => (
  <>
    <h2>When you are the only reader</h2>
    <p>
      A total of one is not really a total. If you are the only person who opens a chapter on a day, the numbers for
      that day describe your visit: how far you read, for how many seconds, and which site had the link. They do not say
      whose visit it was.
    </p>
    <p>
      More detailed numbers exist for about an hour. Each server adds up what it counts within twenty seconds and writes
      it to the database as one row; if you are its only reader in that time, the row describes your visit, to within
      twenty seconds. Once an hour, these rows are added to the daily totals and deleted. Our backups contain only the
      totals. Cloudflare, which runs the database, lets us restore it to any moment of the last 30 days, so its history
      includes these rows for that long.
    </p>
  </>
);

const WhatWeDoNotKeep = () => (
  <>
    <h2>What we do not keep</h2>
    <p>
      We set no cookies and store nothing in your browser for measurement. Your IP address and user agent are never
      written down. So that a reload within half an hour does not count twice, the server keeps a salted hash of IP
      address, browser and page in memory only. At midnight (UTC) it discards all hashes together with the salt. We use
      no third-party analytics, and chapters load nothing from other companies.
    </p>
  </>
);

const EmailTracking = ({ countsClicks }: Pick<Props, "countsClicks">) => (
  <>
    <h2>Email</h2>
    <p>
      We do not track email opens. That would take a hidden image with an identifier for each reader. It would also be
      inaccurate: some email clients load every image whether anyone looks or not, and others load none.
    </p>
    {countsClicks ? (
      <p>
        Links from an email to the library carry <code>from=newsletter</code>, the same for everyone. That tells us how
        many views an edition brought, but not whose.
      </p>
    ) : (
      <p>Links in emails are plain links. We do not track clicks either.</p>
    )}
  </>
);

const AboutFeedback = () => (
  <>
    <h2>“Was this clear?”</h2>
    <p>
      Your yes or no and your comment are stored with the chapter and the time until the author deletes them. Nothing
      says whose they are, unless you write it. Backups made before an answer was deleted still contain it. To prevent
      abuse, we count answers per network for 24 hours, under a keyed hash that does not reveal the network.
    </p>
  </>
);
