/** `npm run newsletter`: what waits for the author, what is being sent, and the answers to a mailing that has stopped. */

import { defineCommand } from "citty";
import { Refusal } from "../command-error.ts";
import { ask, runCommands, sayingWhyNot } from "../command-line.ts";
import {
  announce,
  type Dialogue,
  dismiss as dismissNotice,
  goOn,
  list,
  type Reply,
  resume,
  show,
  skip,
  stop,
} from "../editions/dialogue.ts";
import { identify } from "../editions/identify.ts";
import { paintFor } from "../terminal.ts";
import { openWithWrangler } from "../wrangler/d1-execute.ts";
import { environmentOption, useEnvironment } from "../wrangler/environment.ts";
import { announceTarget } from "../wrangler/target.ts";

const remote = { type: "boolean", description: "Use the deployed library instead of the local one" } as const;
/** What every command here takes. */
const library = { ...environmentOption, remote } as const;
const yes = { type: "boolean", description: "Do not ask for confirmation" } as const;
const edition = { type: "positional", required: true, description: "The id of the edition, as listed" } as const;
const limit = (what: string, standard: string) =>
  ({ type: "string", description: `How many ${what} to list`, default: standard }) as const;

const dismiss = defineCommand({
  meta: { name: "dismiss", description: "Dismisses a notice" },
  args: {
    notice: { type: "positional", required: true, description: "The id of the notice, as listed" },
    detail: { type: "positional", required: false, description: "The second part of its id, if any" },
    ...library,
  },
  run: ({ args }) => hold(args, (dialogue) => dismissNotice(dialogue, args._.join(" "))),
});

const commands = {
  setup: defineCommand({
    meta: { name: "setup", description: "Sets up Resend and the Worker's secrets; safe to repeat" },
    args: {
      wait: { type: "boolean", description: "Wait until Resend has found the DNS records" },
      region: {
        type: "string",
        description: "Region of a new sending domain, such as eu-west-1",
        default: "us-east-1",
      },
      yes,
      ...library,
    },
    run: ({ args }) => setUp(args),
  }),
  list: defineCommand({
    meta: {
      name: "list",
      description: "Lists editions: needing attention, sending, and complete (default)",
    },
    args: { limit: limit("completed editions", "5"), ...library },
    run: ({ args }) => hold(args, (dialogue) => list(dialogue, wholeNumber(args.limit))),
  }),
  show: defineCommand({
    meta: {
      name: "show",
      description: "Shows one edition: recipients by state and reason, and what happens next",
    },
    args: { edition, limit: limit("deliveries that may not have arrived", "20"), ...library },
    run: ({ args }) => hold(args, (dialogue) => show(dialogue, args.edition, wholeNumber(args.limit))),
  }),
  continue: defineCommand({
    meta: { name: "continue", description: "Continues a stopped edition, for everyone with no delivery on record" },
    args: { edition, yes, ...library },
    run: ({ args }) => hold(args, (dialogue) => goOn(dialogue, args.edition)),
  }),
  skip: defineCommand({
    meta: { name: "skip", description: "Ends an edition: subscribers who have not got it yet will not get it" },
    args: { edition, yes, ...library },
    run: ({ args }) => hold(args, (dialogue) => skip(dialogue, args.edition)),
  }),
  stop: defineCommand({
    meta: { name: "stop", description: "Pauses an edition immediately, until you continue or skip it" },
    args: { edition, ...library },
    run: ({ args }) => hold(args, (dialogue) => stop(dialogue, args.edition)),
  }),
  announce: defineCommand({
    meta: { name: "announce", description: "Emails a chapter that would not be sent automatically" },
    args: { chapter: { type: "positional", required: true, description: "book/chapter" }, yes, ...library },
    run: ({ args }) => hold(args, (dialogue) => announce(dialogue, args.chapter)),
  }),
  identify: defineCommand({
    meta: { name: "identify", description: "Says whether a chapter that appeared has moved or is new" },
    args: {
      place: { type: "positional", required: true, description: "book/chapter, or a renamed book" },
      answer: { type: "positional", required: true, description: "The id of the chapter that it was, or `new`" },
      yes,
      ...library,
    },
    run: ({ args }) => hold(args, (dialogue) => identify(dialogue, args.place, args.answer)),
  }),
  resume: defineCommand({
    meta: { name: "resume", description: "After a restore: resumes sending" },
    args: { yes, ...library },
    run: ({ args }) => hold(args, resume),
  }),
  dismiss,
  // Its former name.
  settle: { ...dismiss, meta: { name: "settle", hidden: true } },
};

const main = defineCommand({
  meta: { name: "npm run newsletter --", description: "Manages newsletter editions" },
  args: { limit: limit("completed editions", "5"), ...library },
  subCommands: commands,
  default: "list",
});

/** Loaded when it is asked for: nothing else needs Resend's package. */
function setUp(given: {
  readonly env?: string | undefined;
  readonly remote?: boolean | undefined;
  readonly yes?: boolean | undefined;
  readonly wait?: boolean | undefined;
  readonly region: string;
}): Promise<void> {
  return sayingWhyNot(async () => {
    const { runSetup } = await import("../setup/run-setup.ts");
    const isDone = await runSetup({
      environment: given.env,
      remote: given.remote === true,
      wait: given.wait === true,
      region: given.region,
      confirm: given.yes === true ? async () => "yes" : ask,
    });
    if (!isDone) process.exitCode = 1;
  });
}

/** Carries a command out, and says its last words. */
function hold(
  given: {
    readonly env?: string | undefined;
    readonly remote?: boolean | undefined;
    readonly yes?: boolean | undefined;
  },
  command: (dialogue: Dialogue) => Promise<Reply>,
): Promise<void> {
  const place = given.remote === true ? "remote" : "local";
  return sayingWhyNot(async () => {
    useEnvironment(given.env);
    if (place === "remote") await announceTarget(place);
    const { text, ok } = await command({
      execute: openWithWrangler(place),
      place,
      now: new Date().toISOString(),
      paint: paintFor(process.stdout),
      tell: (words) => console.log(`${words}\n`),
      confirm: given.yes === true ? async () => "yes" : ask,
    });
    if (ok) return console.log(text);
    console.error(text);
    process.exitCode = 1;
  });
}

function wholeNumber(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new Refusal(`--limit must be a whole number, not \`${text}\`.`);
  return Number(text);
}

await runCommands(main, commands, "list");
