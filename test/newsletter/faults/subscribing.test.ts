/**
 * Tests requests from the form under faults of D1, at each of its calls: nobody is stored without the email that they
 * need to confirm, and whoever asks again gets it.
 */
import { expect, test } from "vitest";
import { messageOf, openDatabase } from "../../../src/db/database.ts";
import { catalogueAt } from "../../../src/library/catalogue.ts";
import { createResend } from "../../../src/mail/resend.ts";
import type { NewsletterContext } from "../../../src/subscribers/newsletter-context.ts";
import { sendQueued } from "../../../src/subscribers/outbox.ts";
import { newsletterState } from "../../../src/subscribers/settings.ts";
import { subscribe } from "../../../src/subscribers/subscribing.ts";
import { en } from "../../../src/ui/words/en.ts";
import { FakeD1 } from "../../fakes/d1.ts";
import { askOf } from "../../fakes/resend.ts";
import { ResendModel } from "../../fakes/resend-model.ts";
import { keys } from "../newsletter-world.ts";
import { isInjected } from "./promise.ts";
import { releaseOf } from "./shelf.ts";
import { beginning, minute } from "./town.ts";
import { type Luck, unlucky } from "./unlucky-d1.ts";

const address = "ada@example.org";
const settings = { TOKEN_KEYS: keys, MAIL_FROM: "a@library.example", RESEND_API_KEY: "re_test", MAIL_QUOTA: "-/-" };

class Form {
  time = beginning;
  calls = 0;
  fateOf: (call: number) => Luck = () => undefined;
  readonly d1 = new FakeD1();
  readonly resend = new ResendModel({ now: () => this.time });

  async ask(): Promise<void> {
    this.calls = 0;
    try {
      await subscribe(this.#context(), address, { page: "/tea/oolong", wording: "Subscribe" });
      await this.send();
    } catch (error) {
      if (!isInjected(messageOf(error))) throw error;
    }
  }

  async send(): Promise<void> {
    const { db, mailer } = this.#context();
    await sendQueued({ db, mailer, limit: 4, now: () => this.time, realNow: () => this.time });
  }

  /** What is stored of the one who asked: their state, and the states of their emails. */
  stored = (): readonly [string | undefined, ...string[]] => [
    this.d1.query<{ state: string }>("SELECT state FROM subscribers")[0]?.state,
    ...this.d1.query<{ state: string }>("SELECT state FROM letters ORDER BY created_at").map(({ state }) => state),
  ];

  #context(): NewsletterContext {
    const state = newsletterState(settings);
    if (state.kind === "closed") throw new Error(state.missing);
    const binding = this.d1.binding(
      unlucky(() => {
        this.calls += 1;
        return this.fateOf(this.calls - 1);
      }),
    );
    return {
      db: openDatabase(binding),
      settings: state.settings,
      mailer: createResend({ url: "https://api.resend.com", apiKey: "re_test" }, askOf(this.resend)),
      catalogue: catalogueAt(this.time, releaseOf([])),
      words: en,
      origin: "https://library.example",
      now: this.time,
    };
  }
}

/** Someone who asks for the first time, who asked before, and who has left. */
const stages = {
  stranger: async () => new Form(),
  pending: async () => {
    const form = new Form();
    await form.ask();
    form.time += minute;
    return form;
  },
  unsubscribed: async () => {
    const form = new Form();
    await form.ask();
    form.d1.query("UPDATE subscribers SET state = 'unsubscribed', left_at = '', confirmation = NULL");
    form.time += minute;
    return form;
  },
} as const;
type Stage = keyof typeof stages;

test.each([
  ["stranger", 1],
  ["pending", 2],
  ["unsubscribed", 2],
] as const)("%s: four calls, and the confirmation is sent", async (stage: Stage, mails) => {
  const form = await stages[stage]();
  await form.ask();
  expect([form.calls, form.stored()[0], form.resend.inbox(address).length]).toEqual([4, "pending", mails]);
});

test.each(
  (["stranger", "pending", "unsubscribed"] as const).flatMap((stage) =>
    [0, 1, 2, 3].flatMap((call) => (["lost", "answer lost"] as const).map((fate) => [stage, call, fate] as const)),
  ),
)("%s, call %i is %s: no change without its email, and asking again brings one", async (stage, call, fate) => {
  const form = await stages[stage]();
  const [before, ...emailsBefore] = form.stored();
  // Lost are that call and all after it; or only the response of that call.
  form.fateOf = (number) => ((fate === "lost" ? number >= call : number === call) ? fate : undefined);
  await form.ask();
  const [state, ...emails] = form.stored();
  expect(emails.length > emailsBefore.length).toBe(state !== before || (stage === "pending" && emails.length > 1));

  form.fateOf = () => undefined;
  form.time += 3 * minute;
  await form.ask();
  // Whoever broke off holds the lease of its email for two minutes.
  await form.send();
  const inbox = form.resend.inbox(address);
  const [last, ...sent] = form.stored();
  expect([last, new Set(sent), inbox.length]).toEqual(["pending", new Set(["accepted"]), sent.length]);
  expect(inbox.length).toBeGreaterThan(emailsBefore.length);
});
