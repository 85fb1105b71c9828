/** What subscribers are promised, and how it is tested. Its numbers are those of the code. */

import { digestWindowMs } from "../editions/digest-schedule.ts";
import { keyLifeMs, repeatedRegardlessMs } from "../mail/mailer.ts";
import { href } from "../routes.ts";
import { endingDays, endingRowDays, idStartLength } from "../subscribers/endings.ts";
import { maxPerMailbox } from "../subscribers/limits.ts";
import type { PageContext } from "../ui/page-context.ts";
import type { Words } from "../ui/words/words.ts";
import { Frame } from "./pages.tsx";
import { keptFor } from "./retention.ts";

const hour = 3_600_000;
const day = 24 * hour;

export function PromisePage({ page }: { readonly page: PageContext }) {
  const { promise } = page.words;
  const { once, tracking, unsubscribe, broken, tested } = promise;
  return (
    <Frame page={page} title={promise.title}>
      <p>{promise.lead(page.catalogue.manifest.title)}</p>

      <h2>{once.title}</h2>
      <p>{once.record}</p>
      <p>{once.pause(digestWindowMs / day)}</p>

      <h2>{tracking.title}</h2>
      <p>{tracking.text}</p>

      <h2>{unsubscribe.title}</h2>
      <p>{unsubscribe.text}</p>

      <WhatWeKeep words={promise.kept} />

      <h2>{broken.title}</h2>
      <p>{broken.text(repeatedRegardlessMs / hour, keyLifeMs / hour)}</p>

      <h2>{tested.title}</h2>
      <p>{tested.text(<code>test/newsletter</code>)}</p>
      <p>
        <a href={href.newsletter()}>{promise.back}</a>
      </p>
    </Frame>
  );
}

const WhatWeKeep = ({ words }: { readonly words: Words["promise"]["kept"] }) => (
  <>
    <h2>{words.title}</h2>
    <ul>
      <li>{words.consent}</li>
      <li>{words.chapters}</li>
      <li>{words.requests(keptFor.request, keptFor.letter)}</li>
      <li>{words.limits(maxPerMailbox)}</li>
    </ul>
    <p>
      {words.others(
        (resend) => (
          <a href="https://resend.com">{resend}</a>
        ),
        (cloudflare) => (
          <a href="https://www.cloudflare.com">{cloudflare}</a>
        ),
      )}
    </p>
    <p>{words.endings(endingDays, endingRowDays, idStartLength)}</p>
  </>
);
