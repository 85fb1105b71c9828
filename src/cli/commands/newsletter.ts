/** `npm run newsletter`: what waits for the author, what is being sent, and the answers to a mailing that has stopped. */

import { defineCommand } from "citty";
import { Refusal } from "../command-error.ts";
import { ask, runCommands, sayingWhyNot } from "../command-line.ts";
import { openWithWrangler } from "../d1-execute.ts";
import {
  announce,
  type Dialogue,
  goOn,
  list,
  type Reply,
  resume,
  settle,
  show,
  skip,
  stop,
} from "../editions/dialogue.ts";
import { identify } from "../editions/identify.ts";
import { paintFor } from "../terminal.ts";
import { environmentOption, useEnvironment } from "../wrangler/environment.ts";
import { announceTarget } from "../wrangler/target.ts";

const remote = { type: "boolean", description: "The deployed library; without it, the one on this machine" } as const;
/** What every command here takes. */
const library = { ...environmentOption, remote } as const;
const yes = { type: "boolean", description: "Does it without asking" } as const;
const edition = { type: "positional", required: true, description: "Its name in the list" } as const;
const limit = (what: string, standard: string) =>
  ({ type: "string", description: `How many ${what} it lists`, default: standard }) as const;

const commands = {
  setup: defineCommand({
    meta: { name: "setup", description: "Sets up Resend and the Worker's secrets; may be repeated" },
    args: {
      wait: { type: "boolean", description: "Waits until Resend has found the DNS records" },
      region: { type: "string", description: "Where a new domain sends from, such as eu-west-1", default: "us-east-1" },
      yes,
      ...library,
    },
    run: ({ args }) => setUp(args),
  }),
  list: defineCommand({
    meta: {
      name: "list",
      description: "What waits for you, is sent now, was sent last (the default)",
    },
    args: { limit: limit("finished mailings", "5"), ...library },
    run: ({ args }) => hold(args, (dialogue) => list(dialogue, wholeNumber(args.limit))),
  }),
  show: defineCommand({
    meta: {
      name: "show",
      description: "One mailing: readers by state and reason, what comes next",
    },
    args: { edition, limit: limit("copies that may not have arrived", "20"), ...library },
    run: ({ args }) => hold(args, (dialogue) => show(dialogue, args.edition, wholeNumber(args.limit))),
  }),
  continue: defineCommand({
    meta: { name: "continue", description: "A stopped mailing goes on, for those with no record of it" },
    args: { edition, yes, ...library },
    run: ({ args }) => hold(args, (dialogue) => goOn(dialogue, args.edition)),
  }),
  skip: defineCommand({
    meta: { name: "skip", description: "Ends a mailing: who has not got it yet does not get it" },
    args: { edition, yes, ...library },
    run: ({ args }) => hold(args, (dialogue) => skip(dialogue, args.edition)),
  }),
  stop: defineCommand({
    meta: { name: "stop", description: "Stops a mailing at once, until you continue or skip it" },
    args: { edition, ...library },
    run: ({ args }) => hold(args, (dialogue) => stop(dialogue, args.edition)),
  }),
  announce: defineCommand({
    meta: { name: "announce", description: "Mails a chapter that would not be mailed by itself" },
    args: { chapter: { type: "positional", required: true, description: "book/chapter" }, yes, ...library },
    run: ({ args }) => hold(args, (dialogue) => announce(dialogue, args.chapter)),
  }),
  identify: defineCommand({
    meta: { name: "identify", description: "Says which chapter one is that has appeared: moved, or new" },
    args: {
      place: { type: "positional", required: true, description: "book/chapter, or a renamed book" },
      answer: { type: "positional", required: true, description: "What it was, or `new`" },
      yes,
      ...library,
    },
    run: ({ args }) => hold(args, (dialogue) => identify(dialogue, args.place, args.answer)),
  }),
  resume: defineCommand({
    meta: { name: "resume", description: "After a restore: lets the newsletter mail again" },
    args: { yes, ...library },
    run: ({ args }) => hold(args, resume),
  }),
  settle: defineCommand({
    meta: { name: "settle", description: "A notice is read: it is not shown any more" },
    args: {
      notice: { type: "positional", required: true, description: "Its name in the list" },
      detail: { type: "positional", required: false, description: "The second word of its name, if it has one" },
      ...library,
    },
    run: ({ args }) => hold(args, (dialogue) => settle(dialogue, args._.join(" "))),
  }),
};

const main = defineCommand({
  meta: { name: "npm run newsletter --", description: "The newsletter's mailings" },
  args: { limit: limit("finished mailings", "5"), ...library },
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
  if (!/^\d{1,6}$/.test(text)) throw new Refusal(`--limit wants a whole number, and got \`${text}\`.`);
  return Number(text);
}

await runCommands(main, commands, "list");
