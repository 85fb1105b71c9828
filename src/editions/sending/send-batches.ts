/**
 * Sends batches: takes a lease, records the claim in KV, sends the batches one after the other, and records each outcome. A
 * batch's key is its id and generation, and its members change only together with the generation, and only while nothing
 * can have been sent: so every attempt under one key has the same bytes, and Resend accepts it once.
 */
import { sha256, toHex } from "../../library/hash.ts";
import { type Cost, sum } from "../call-budget.ts";
import type { Member } from "../edition.ts";
import type { SendContext } from "../send-context.ts";
import { cutTemplate, type Template, templateKey } from "../template.ts";
import { type Copy, encodeBatch } from "./batch-body.ts";
import { type Claimed, claim, claimCost, leaseMs, release } from "./claim.ts";
import { writeWatermark } from "./claim-watermark.ts";
import { type Next, outcomeCost, recordMissingMail, recordOutcome, worstOutcomeCost } from "./record-outcome.ts";
import { type DueBatch, refreshBatches, refreshCost } from "./refresh-batches.ts";

/** Resend allows two calls per second; half a second between calls stays below that, whatever else is calling. */
const paceMs = 500;
/** The last moment before the end of the lease at which a batch is sent: longer than the mailer's timeout. */
const lastPostMs = 90_000;
/** Batches per claim: their members are one parameter, limited to two megabytes. */
const batchesPerClaim = 20;

/** Cost of ending a run: releasing the rest, completing editions, and one retry. */
export const endingCost: Cost = sum(worstOutcomeCost, { queries: 6, calls: 3 });
/** One batch: the call and its outcome. */
export const postCost: Cost = sum({ queries: 0, calls: 1, work: 1 }, outcomeCost);
export const claimingCost: Cost = sum(refreshCost, claimCost);

/** How many batches the budget allows to claim and send. */
export function affordable({ budget }: Pick<SendContext, "budget">): number {
  const costs = [claimingCost, endingCost];
  while (costs.length < batchesPerClaim + 2 && budget.fits(sum(...costs, postCost))) costs.push(postCost);
  return costs.length - 2;
}

export interface Posted {
  /** Batches that Resend accepted. */
  readonly accepted: number;
  readonly hasClaimed: boolean;
  readonly next: Next;
}

/** `wasOutOfQuota`: nothing has been accepted since the day's quota was used up. */
export async function sendBatches(
  context: SendContext,
  due: readonly DueBatch[],
  wasOutOfQuota: boolean,
): Promise<Posted> {
  const refreshed = await refreshBatches(context, due, sum(claimCost, postCost, endingCost));
  if (refreshed.length === 0) return { accepted: 0, hasClaimed: false, next: "stop" };
  const { claimed, number } = await claim(context, refreshed);
  const left = [...claimed];
  let accepted = 0;
  let next: Next = "go on";
  try {
    if (left.length > 0) await writeWatermark(context, number);
    for (const batch of claimed) {
      if (next === "stop" || !canPost(context, batch)) break;
      if (batch.members.length > 0) context.budget.spendWork(1);
      const body = await bodyOf(context, batch.members);
      if (batch.members.length > 0 && body && accepted > 0) await context.pace(paceMs);
      left.shift();
      if (!body) next = await recordMissingMail(context, batch);
      else if (batch.members.length === 0)
        await recordOutcome(context, batch, { kind: "accepted", results: [] }, false);
      else {
        const outcome = await context.mailer.sendBatch(await keyOf(batch), body, batch.members.length);
        next = await recordOutcome(context, batch, outcome, wasOutOfQuota && accepted === 0);
        if (outcome.kind === "accepted") accepted += 1;
      }
    }
  } finally {
    // Batches that were not sent stay unchanged, whatever broke off.
    if (left.length > 0) await release(context, left);
  }
  return { accepted, hasClaimed: claimed.length > 0, next: left.length > 0 ? "stop" : next };
}

/** Within the budget, and early enough before another run may take over the lease. */
function canPost({ budget, templates, now }: SendContext, { claimedAt, members }: Claimed): boolean {
  const unread = new Set(members.map(({ template }) => template).filter((template) => !templates.has(template)));
  const reading = { queries: 0, calls: unread.size };
  return budget.fits(sum(reading, postCost, endingCost)) && now() <= claimedAt + leaseMs - lastPostMs;
}

/** The bytes of the batch; `undefined` if a template cannot be read. */
async function bodyOf(context: SendContext, members: readonly Member[]): Promise<Uint8Array | undefined> {
  const copies: Copy[] = [];
  for (const member of members) {
    const template = await findTemplate(context, member.template);
    if (!template) return undefined;
    copies.push({ template, open: member });
  }
  return encodeBatch(copies);
}

async function findTemplate({ kv, templates }: SendContext, hash: string): Promise<Template | undefined> {
  const known = templates.get(hash);
  if (known) return known;
  const text = await kv.get(templateKey(hash));
  if (text === null) return undefined;
  const template = cutTemplate(text);
  templates.set(hash, template);
  return template;
}

/** Keys have at most 256 characters. */
const keyOf = async ({ id, generation }: Claimed): Promise<string> => {
  const key = `${id}-${generation}`;
  return key.length <= 200 ? key : toHex(await sha256(key));
};
