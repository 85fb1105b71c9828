/** Composes the emails of a town. The subject names the chapters; the look changes with every deploy. */
import { archiveUrl } from "../../../src/editions/archive.ts";
import { deliveryTags } from "../../../src/editions/delivery-tags.ts";
import type { Audience } from "../../../src/editions/send-context.ts";
import { marks } from "../../../src/editions/template.ts";
import type { Message } from "../../../src/mail/mailer.ts";

interface Order {
  readonly edition: string;
  readonly audience: Audience;
  readonly chapters: readonly string[];
  readonly deploy: number;
  readonly origin: string;
}

/** Its footer has the class of the real one. */
export async function messageOf({ edition, audience, chapters, deploy, origin }: Order): Promise<Message> {
  const archived = await archiveUrl(origin, edition, chapters);
  const footer = `<td class="ml-rule ml-soft"><a href="${archived}"></a><a href="${marks.preferences}"></a></td>`;
  return {
    from: "letters@library.example",
    to: [marks.to],
    subject: chapters.join(" + "),
    html: `<p>${audience}, deploy ${deploy}: $&</p>${footer}`,
    text: marks.leave,
    tags: await deliveryTags(edition, marks.subscriber, chapters),
  };
}
