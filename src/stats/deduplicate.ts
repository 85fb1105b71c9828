/**
 * Deduplicates repeat views, and limits counts per network, with hashes of IP address, user agent and page, salted per
 * day (UTC). Salt and hashes exist in the isolate's memory only. The hash is fast, not cryptographic: with the salt,
 * any hash of an IP address can be reversed by trying all addresses. Privacy depends on neither ever leaving memory.
 */
import { networkOf } from "../http/network.ts";

export interface Reader {
  /** `cf-connecting-ip`; absent on the author's own machine. */
  readonly ip: string | undefined;
  readonly agent: string;
}

/** The same action of a reader on a page counts once within this time. */
const repeatSeconds = 30 * 60;

/**
 * Limits per network (a household, an office, a university). In a lecture hall that opens a chapter together, readers
 * with the same browser count as one, so two per second are enough. The daily limit bounds what one network can add to
 * the counts.
 */
export const maxPerMinute = 120;
export const maxPerDay = 3000;
/** Searches without results are rare, and each is written to the database. */
export const maxSearchesPerDay = 100;

export type Draw = () => Uint32Array;

/** One seed for each half of the hash. Two readers share a hash once in four billion times. */
const drawSalt: Draw = () => crypto.getRandomValues(new Uint32Array(2));

const seenSlots = 1 << 17;
const networkSlots = 1 << 16;
const day = 86_400;

/** Hash tables of a fixed size (1.3 MB). A collision overwrites an entry; at worst, a reload counts twice. */
export class Deduplicator {
  readonly #draw: Draw;
  #salt: Uint32Array = new Uint32Array(2);
  #day = -1;
  #minute = -1;
  readonly #marks = new Uint32Array(seenSlots);
  /** In seconds since 1970. */
  readonly #until = new Uint32Array(seenSlots);
  readonly #ofMinute = new Uint16Array(networkSlots);
  readonly #ofDay = new Uint16Array(networkSlots);

  constructor(draw: Draw = drawSalt) {
    this.#draw = draw;
  }

  /** Whether this reader did `what` within the last half-hour. `what`: an action and a page. Does not record it. */
  isRepeated(reader: Reader, what: string, now: number): boolean {
    return this.#find(reader, what, now).isRepeated;
  }

  /** Whether this reader did not do `what` within the last half-hour; records it. */
  isFirst(reader: Reader, what: string, now: number): boolean {
    const { slot, mark, seconds, isRepeated } = this.#find(reader, what, now);
    if (isRepeated) return false;
    this.#marks[slot] = mark;
    this.#until[slot] = seconds + repeatSeconds;
    return true;
  }

  /** Whether the reader's network is within its limits; counts the request. Each kind has its own limits. */
  accepts({ ip }: Reader, kind: "view" | "report" | "search", now: number): boolean {
    const seconds = this.#turn(now);
    const minute = Math.floor(seconds / 60);
    if (minute !== this.#minute) {
      this.#minute = minute;
      this.#ofMinute.fill(0);
    }
    const slot = this.#hash(`${kind}\n${networkOf(ip)}`)[0] & (networkSlots - 1);
    const inMinute = this.#ofMinute[slot] ?? 0;
    const inDay = this.#ofDay[slot] ?? 0;
    if (inMinute >= maxPerMinute || inDay >= (kind === "search" ? maxSearchesPerDay : maxPerDay)) return false;
    this.#ofMinute[slot] = inMinute + 1;
    this.#ofDay[slot] = inDay + 1;
    return true;
  }

  /** Draws a new salt and deletes all hashes when the day changes. Returns the time in seconds. */
  #turn(now: number): number {
    const seconds = Math.floor(now / 1000);
    const today = Math.floor(seconds / day);
    if (today !== this.#day) {
      this.#day = today;
      this.#salt = this.#draw();
      this.#marks.fill(0);
      this.#until.fill(0);
      this.#ofDay.fill(0);
    }
    return seconds;
  }

  #find({ ip, agent }: Reader, what: string, now: number) {
    const seconds = this.#turn(now);
    const [hashSlot, mark] = this.#hash(`${ip ?? ""}\n${agent}\n${what}`);
    const slot = hashSlot & (seenSlots - 1);
    return { slot, mark, seconds, isRepeated: this.#marks[slot] === mark && (this.#until[slot] ?? 0) > seconds };
  }

  /** Two 32-bit hashes of a text: cyrb53 (https://github.com/bryc/code, public domain), seeded with the salt. */
  #hash(text: string): readonly [number, number] {
    let one = 0xdeadbeef ^ (this.#salt[0] ?? 0);
    let two = 0x41c6ce57 ^ (this.#salt[1] ?? 0);
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      one = Math.imul(one ^ code, 2_654_435_761);
      two = Math.imul(two ^ code, 1_597_334_677);
    }
    one = Math.imul(one ^ (one >>> 16), 2_246_822_507) ^ Math.imul(two ^ (two >>> 13), 3_266_489_909);
    two = Math.imul(two ^ (two >>> 16), 2_246_822_507) ^ Math.imul(one ^ (one >>> 13), 3_266_489_909);
    return [one >>> 0, two >>> 0];
  }
}
