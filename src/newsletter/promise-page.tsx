/** What subscribers are promised, in their words, and how it is tested. Its numbers are those of the code. */

import { digestWindowMs } from "../editions/sending/open-editions.ts";
import { keyLifeMs, repeatedRegardlessMs } from "../mail/mailer.ts";
import { href } from "../routes.ts";
import { endingDays, endingRowDays, idStartLength } from "../subscribers/endings.ts";
import { maxPerMailbox } from "../subscribers/limits.ts";
import { Frame, type Place } from "./pages.tsx";
import { keptFor } from "./retention.ts";

const hour = 3_600_000;

export const PromisePage = ({ place }: { readonly place: Place }) => (
  <Frame place={place} title="What is promised">
    <p>An address is lent, not given. This is what {place.catalogue.manifest.title} does with it.</p>

    <h2>Each chapter once</h2>
    <p>
      A new chapter comes to you once. Each copy is written down before it is sent, and there is no room for a second
      one: not after a crash, not when the sending program runs twice, not when a chapter is corrected or renamed.
    </p>
    <p>
      After a pause, the next weekly or monthly digest includes the chapters of the {digestWindowMs / (24 * hour)} days
      before it that you have not had. A chapter that no later digest can include is not sent, and neither is one that
      you would have got at once during a pause: the reason is recorded, and is in the file with your data.
    </p>

    <h2>Nothing that tracks</h2>
    <p>
      No mail counts who opens it, and no link counts who follows it. The pictures in a mail are its formulas and
      drawings, under the same addresses for everybody; links lead straight to where they say.
    </p>

    <h2>Leave with one click, for ever</h2>
    <p>
      Every chapter comes with a link that ends the subscription, and most mail programs show a button of their own for
      it. There is no login, no question to answer first, and no date after which the link stops working.
    </p>

    <h2>What is kept about you, and for how long</h2>
    <ul>
      <li>
        Your address and your choices, and when, where and in which words you agreed: until you have them erased. If you
        unsubscribe, they stay as the record of what was agreed.
      </li>
      <li>Which chapters were sent to you, and whether they arrived: for as long.</li>
      <li>
        A request that is never confirmed: {keptFor.request} days. That a letter such as the confirmation was sent:{" "}
        {keptFor.letter} days, without its text.
      </li>
      <li>
        No IP address. To keep inboxes safe from floods, requests are counted for 24 hours, under names that cannot be
        turned back into an email address or a network. An inbox gets at most {maxPerMailbox} emails in 24 hours that
        were requested through forms; the confirmation that you unsubscribed always comes.
      </li>
    </ul>
    <p>
      Mail goes out through <a href="https://resend.com">Resend</a>, and the library runs at{" "}
      <a href="https://www.cloudflare.com">Cloudflare</a>: both see what passes through them, and nobody else is given
      anything. Your own page, which every mail links to, shows all that is kept as a file, and erases it. After that,
      one hash remains, which cannot be turned back into your address and keeps it from being added to the list again by
      mistake.
    </p>
    <p>
      If you unsubscribe, report spam, have everything erased, or your mailbox is closed, this is also recorded outside
      the database for {endingDays} days (in the database, for {endingRowDays}). The record contains the time, what
      happened, the first {idStartLength} characters of your subscriber id, and a keyed hash that names neither you nor
      your address. The id is random: its first characters only say which hashes to compare. If you subscribe again, a
      second record of this kind says so. These records make sure that your wish survives when the database has to be
      rolled back to an earlier hour.
    </p>

    <h2>When something breaks</h2>
    <p>
      Sometimes the mail service gives no answer, and nobody can tell whether a batch of emails was sent. The same
      request is then repeated, after some minutes at first and every hour later, with a key that makes the service send
      each email only once. A batch can only be repeated as it was: if you unsubscribe in that time, one more email may
      reach you. When there is no answer for {repeatedRegardlessMs / hour} hours and somebody in the batch has
      unsubscribed, reported spam or bounced since, the batch is not repeated any more. After {keyLifeMs / hour} hours
      no batch is repeated, because the service forgets its key after a day. Emails whose outcome stays unknown are
      shown to the author as uncertain and never sent again. So you may miss an email, but the chapter is in the
      library. If the list is ever restored from an older copy, nothing that may have been sent is sent again until the
      author has decided.
    </p>

    <h2>How this is tested</h2>
    <p>
      With every change the sending program meets a mail service that fails in all the ways we could think of: answers
      that get lost, refusals, exhausted quotas, four runs at once, a crash between any two steps, in hundreds of random
      orders that can be repeated, and in thousands before a release. After each of them one rule is checked: everybody
      who wants a chapter has exactly one copy, or there is a visible reason why not; nobody has two. The tests are in
      the folder <code>test/newsletter</code> of the library's source code.
    </p>
    <p>
      <a href={href.newsletter()}>Back to the newsletter</a>
    </p>
  </Frame>
);
