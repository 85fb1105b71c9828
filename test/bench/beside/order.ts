/** What a comparison with an older version measures, and how often. */
import type { Checkout } from "./checkout.ts";
import type { Sides } from "./table.ts";

export interface BesideOrder {
  /** Folders of the working copies, which a measurement may fill and empty. */
  readonly copies: Sides<string>;
  /** The older version. */
  readonly checkout: Checkout;
  /** Of long measurements, like a thousand chapters, and of short ones. */
  readonly rounds: { readonly long: number; readonly short: number };
  /** Of the generated library that is published. */
  readonly chapters: number;
  readonly isQuick: boolean;
  readonly tell: (line: string) => void;
}
