/** Sending: as much of the open editions as one run has leave for is sealed and posted, the oldest first. */

import { withoutParameters } from "../../db/database.ts";
import { AllowanceSpent, sum } from "../call-budget.ts";
import { batchSize, type Edition } from "../edition.ts";
import { raiseStuck } from "../notices.ts";
import type { SendContext } from "../send-context.ts";
import { dueBatches } from "./claim.ts";
import { sealCost, sealNext } from "./seal.ts";
import { affordable, claimingCost, endingCost, postCost, sendBatches } from "./send-batches.ts";

/** What sealing leaves, so that a batch at least can be claimed and posted: it is looked for once more before that. */
const spare = sum({ queries: 1, calls: 1 }, claimingCost, postCost, endingCost);
export interface Sent {
  /** Batches that the provider took. */
  readonly accepted: number;
  /** The journal was written. */
  readonly hasClaimed: boolean;
}

/** `holdReason`: why nothing was sent for a while; null if something was since then. */
export async function sendEditions(
  context: SendContext,
  editions: readonly Edition[],
  holdReason: string | null,
): Promise<Sent> {
  const wasOutOfQuota = holdReason?.includes("daily_quota_exceeded") ?? false;
  let open = editions;
  let accepted = 0;
  let hasClaimed = false;
  for (let left = Math.ceil(context.mailsPerRun / batchSize); left > 0 && open.length > 0; ) {
    const most = Math.min(left, affordable(context));
    if (most === 0) break;
    let due = await dueBatches(context, open, most);
    if (due.length < most) {
      const sealed = await sealMore(context, open, most - due.length);
      if (sealed !== open) due = await dueBatches(context, sealed, Math.min(most, affordable(context)));
      open = sealed;
    }
    const posted = await sendBatches(context, due, wasOutOfQuota && accepted === 0);
    accepted += posted.accepted;
    hasClaimed ||= posted.hasClaimed;
    if (posted.next === "stop") break;
    left -= most;
  }
  return { accepted, hasClaimed };
}

/** Until so many batches more are sealed; the same list when nothing was. An edition that fails holds up no other. */
async function sealMore(
  context: SendContext,
  editions: readonly Edition[],
  wanted: number,
): Promise<readonly Edition[]> {
  let result = editions;
  let missing = wanted;
  for (let index = 0; index < result.length && missing > 0; ) {
    const edition = result[index];
    if (!edition || !context.budget.fits(sum(sealCost, spare))) break;
    if (edition.sealedAt !== null) {
      index += 1;
      continue;
    }
    const sealed = await trySeal(context, edition, Math.min(missing * batchSize, context.mailsPerRun));
    if (sealed) {
      result = result.with(index, sealed.edition);
      missing -= sealed.batches;
    } else index += 1;
  }
  return result;
}

async function trySeal(context: SendContext, edition: Edition, limit: number) {
  try {
    return await sealNext(context, edition, limit, spare);
  } catch (error) {
    if (error instanceof AllowanceSpent) throw error;
    console.error(`${edition.id} could not be sealed; the next run will retry.`, withoutParameters(error));
    await raiseStuck(context, edition.id, edition.openedAt, withoutParameters(error));
    return undefined;
  }
}
