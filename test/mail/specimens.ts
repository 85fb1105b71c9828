/** Makes one email of each kind, for the tests of this folder. */
import { chapterMail } from "../../src/mail/chapter-mail.tsx";
import { type CorrectedChapter, correctionMail } from "../../src/mail/correction-mail.tsx";
import { type DigestChapter, digest } from "../../src/mail/digest.tsx";
import {
  addressChange,
  addressChangeNotice,
  alreadySubscribed,
  authorNotice,
  confirmation,
  goodbye,
  preferencesLink,
  welcome,
} from "../../src/mail/letters.tsx";
import type { MailContent, MailFrame } from "../../src/mail/message.ts";
import { en } from "../../src/ui/words/en.ts";

export const frame: MailFrame = {
  library: "ML Blog",
  tagline: "Short chapters on how modern machine learning works, one question at a time.",
  language: "en",
  words: en,
  origin: "https://library.example",
  postalAddress: "The Reading Room, 1 Example Street, 12345 Exampleton",
  preferencesUrl: "\0preferences\0",
  unsubscribeUrl: "\0leave\0",
};

/** What editions have besides. */
const editionFrame: MailFrame = {
  ...frame,
  archiveUrl: "https://library.example/newsletter/archive/weekly_2026-11-30/13b68de98ae9",
};

const token = "https://library.example/newsletter/confirm/k1.c.8f2a6b0d4e.x.1796040000.Zm9vYmFyYmF6cXV4";

const chapters = [
  {
    title: "Rotary Position Embeddings: where a word stands, as an angle",
    book: "Transformers",
    excerpt: "A model that only compares words cannot tell first from last. Turn each of them by an angle, and it can.",
    url: "https://library.example/transformers/rope",
    minutes: 5,
    cloth: "indigo",
  },
  {
    title: "Message Passing",
    book: "Graph neural networks",
    excerpt: "Every node asks its neighbours, takes the sum of their answers, and becomes somebody a little different.",
    url: "https://library.example/graph-neural-networks/message-passing",
    minutes: 4,
    cloth: "green",
  },
  {
    title: "The graph Laplacian",
    book: "Graph neural networks",
    excerpt: "How rough is a signal on a graph? One matrix knows.",
    url: "https://library.example/graph-neural-networks/graph-laplacian",
    minutes: 1,
    cloth: "green",
  },
] as const;

export interface Specimen {
  readonly name: string;
  readonly mail: MailContent;
  /** Target of its button, in both parts. */
  readonly link: string;
}

const paragraph = (text: string) => `<p style="margin:0 0 16px 0;">${text}</p>`;

/** One transactional email of each kind; `newest` is the chapter offered in the welcome. */
export function transactionalSpecimens(frame: MailFrame, newest: DigestChapter): Specimen[] {
  /** For people who are not subscribers. */
  const strangersFrame = { ...frame, preferencesUrl: undefined, unsubscribeUrl: undefined };
  const newAddress = "ada@new.example";
  const confirm = { frame: strangersFrame, confirmUrl: token, expiresInHours: 48 };
  const desk = "https://library.example/desk";
  return [
    { name: "confirmation", mail: confirmation(confirm), link: token },
    { name: "already-subscribed", mail: alreadySubscribed({ frame }), link: "\0preferences\0" },
    { name: "welcome", mail: welcome({ frame }), link: frame.origin },
    { name: "welcome-newest", mail: welcome({ frame, newest }), link: newest.url },
    { name: "goodbye", mail: goodbye({ frame: strangersFrame, undoUrl: token }), link: token },
    { name: "address-change", mail: addressChange({ ...confirm, newAddress }), link: token },
    { name: "address-change-notice", mail: addressChangeNotice({ frame, newAddress }), link: "\0preferences\0" },
    { name: "preferences-link", mail: preferencesLink({ frame }), link: "\0preferences\0" },
    {
      name: "author-notice",
      mail: authorNotice({
        frame: strangersFrame,
        title: "Sending has stopped",
        lines: [
          "Resend refused the key of this library.",
          "412 of 1,000 copies are out; the rest waits, and none is lost.",
        ],
        action: { label: "Open the desk", url: desk },
      }),
      link: desk,
    },
  ];
}

const corrected = (index: 0 | 1 | 2): CorrectedChapter => ({
  ...chapters[index],
  url: `${chapters[index].url}#changes`,
  at: "2026-12-03T00:00:00.000Z",
  text: "Equation (2) was printed without its square root: it gave the variance s² < 1, not the spread. Thanks to a reader.",
});

export const specimens: readonly Specimen[] = [
  ...transactionalSpecimens(frame, chapters[0]),
  {
    name: "correction",
    mail: correctionMail({ frame: editionFrame, corrections: [corrected(0)] }),
    link: `${chapters[0].url}#changes`,
  },
  {
    name: "corrections",
    mail: correctionMail({ frame: editionFrame, corrections: [corrected(0), corrected(2)] }),
    link: `${chapters[2].url}#changes`,
  },
  { name: "digest", mail: digest({ frame: editionFrame, period: "week", chapters }), link: "https://library.example" },
  {
    name: "chapter",
    mail: chapterMail({
      frame: editionFrame,
      ...chapters[0],
      previous: { title: chapters[1].title, url: chapters[1].url },
      body: {
        html: [
          paragraph(
            "“The cat saw the dog” and “the dog saw the cat” are the same five words. Attention, as far as we have built it, gives both the same answer.",
          ),
          '<h2 class="ml-ink" style="margin:32px 0 10px 0;font-size:22px;line-height:28px;">Turn, and compare</h2>',
          paragraph(
            'A query at place <em>m</em> is turned by <em>m</em> steps. See <a href="\0origin\0/transformers/self-attention" class="ml-link-indigo" style="color:#34408c;">the chapter on attention</a>.',
          ),
          '<p style="margin:0 0 16px 0;text-align:center;"><img src="\0origin\0/media/0.png" width="240" height="40" alt="q m transposed times k n"></p>',
          paragraph("So only the difference of two places is left, and that is what we wanted."),
        ].join(""),
        text: "The same five words.\n\nTURN, AND COMPARE\n\nSee \0origin\0/transformers/self-attention.",
        darkCss: ".ml-plate{background-color:#fffdf8!important}",
        cut: true,
      },
    }),
    link: chapters[0].url,
  },
];
