/** What is counted here and what is not, for readers. It says what the code of this room does; change both together. */
import type { Catalogue } from "../library/catalogue.ts";
import { href } from "../routes.ts";
import { Document } from "../ui/document.tsx";

interface Props {
  readonly catalogue: Catalogue;
  readonly origin: string;
  readonly newsletterOpen: boolean;
  readonly feedbackOpen: boolean;
  /** Whether links in mails say that they were followed from a mail. */
  readonly countsClicks: boolean;
}

export const CountingPage = ({ catalogue, origin, newsletterOpen, feedbackOpen, countsClicks }: Props) => (
  <Document
    catalogue={catalogue}
    origin={origin}
    title="What is counted"
    description="What this library counts of its readers, what it does not, and how to be left out."
    path={href.counting()}
  >
    <article class="reading">
      <header class="text-header">
        <h1>What is counted</h1>
        <p class="standfirst">Chapters are counted, readers are not.</p>
      </header>
      <div class="body">
        <p>
          The author wants to know which chapters are read to the end and where readers give up. Sums are enough for
          that. So we keep sums, and nothing that says who read.
        </p>
        <h2>These numbers are kept</h2>
        <ul>
          <li>For each day and page: how often it was opened.</li>
          <li>
            Where from: the name of the site that had the link, such as <code>example.org</code>, or the page of this
            library. Never the address of the other page, and never what somebody searched for.
          </li>
          <li>
            For chapters: how often a quarter, half, three quarters and all of the text came into view, how often it was
            read for at least half of its reading time, and for how many seconds in all. A small script adds this up
            while the page is in view and sends it when you leave. Without JavaScript only the opening counts.
          </li>
        </ul>
        <p>Sums of a day are kept for as long as the library stands. They are about chapters.</p>
        <h2>When you are the only reader</h2>
        <p>
          A sum of one is no longer a sum. If you are the only one who opens a chapter on a day, the numbers of that day
          describe your visit: how far you came, for how many seconds, and which site had the link. They do not say
          whose visit it was.
        </p>
        <p>
          Numbers smaller than a day exist for about an hour. Each server adds up what it counts within twenty seconds
          and writes it to the database as one row; if you are its only reader in that time, the row describes your
          visit, to within twenty seconds. Once an hour these rows are added to the sums of the day and deleted. Our
          backups contain the sums only. The company that runs the database, Cloudflare, lets us return to any moment of
          the last 30 days, and for that time its history includes the rows.
        </p>
        <h2>These are not</h2>
        <p>
          No cookie is set and nothing is stored in your browser for counting. Your address and the name of your browser
          are not written down. So that a reload within half an hour does not count twice, the program that answers you
          keeps a scrambled mark of address, browser and page in its memory, and nowhere else. At midnight (UTC) it
          forgets all marks, and what they were scrambled with. No other company counts for us, and no chapter loads
          anything from one.
        </p>
        <h2>To be left out</h2>
        <p>
          If your browser sends <i>Do Not Track</i> or <i>Global Privacy Control</i>, you are not counted at all, and
          the script sends nothing. Search engines, link previews and other programs are left out as well, and so are
          pages that a browser fetches ahead.
        </p>
        {newsletterOpen && (
          <>
            <h2>Mail</h2>
            <p>
              Whether a mail is opened is not counted. It would take a hidden picture with a number for each reader. It
              would also be wrong: some mail programs load every picture whether anybody looks or not, and others load
              none.
            </p>
            {countsClicks ? (
              <p>
                Links from a mail into the library carry the words <code>from=newsletter</code>, the same for everybody.
                They let us see how many views a mailing brought, and not whose.
              </p>
            ) : (
              <p>Links in mails are plain links. Who follows them is not counted either.</p>
            )}
          </>
        )}
        {feedbackOpen && (
          <>
            <h2>“Was this clear?”</h2>
            <p>
              Your yes or no and your line are kept with the chapter and the time, until the author deletes them.
              Nothing says whose they are, unless you write it. Backups made before an answer was deleted still contain
              it. A counter of answers for each network is kept for 24 hours, under a name from which the network cannot
              be read.
            </p>
          </>
        )}
        <h2>How good the numbers are</h2>
        <p>
          A little too small. Two people with the same browser behind one address count as one. Counts are gathered for
          twenty seconds before they are written, and what was gathered is lost when a server stops at that moment, or
          cannot reach the database for some minutes. We would rather lose a few than let a page wait for them.
        </p>
      </div>
    </article>
  </Document>
);
