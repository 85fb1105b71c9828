/**
 * What an isolate remembers so that reloads and floods do not count: marks made of address, agent and page with
 * a salt that is drawn anew every day (UTC). Salt and marks live in the isolate's memory only and are written
 * nowhere. The hash is a quick one, not a cryptographic one: an address could be found from any hash by trying
 * all of them once the salt is known, so what protects the reader is that neither of them ever leaves the memory.
 */
import { networkOf } from "../http/network.ts";

export interface Reader {
  /** `cf-connecting-ip`; absent on the author's own machine. */
  readonly ip: string | undefined;
  readonly agent: string;
}

/** What the same reader does to the same page within this time counts once. */
const repeatSeconds = 30 * 60;

/**
 * From one network (a household, an office, a university). A lecture hall that opens a chapter together has many
 * people and few kinds of browsers, and those of one kind are one reader here: two a second leaves room for it.
 * The day's limit bounds what one place can add to the numbers.
 */
export const maxPerMinute = 120;
export const maxPerDay = 3000;

export type Draw = () => Uint32Array;

/** Two numbers, so that two readers share a mark once in four thousand million times. */
const drawSalt: Draw = () => crypto.getRandomValues(new Uint32Array(2));

const seenSlots = 1 << 17;
const networkSlots = 1 << 16;
const day = 86_400;

/** Tables of a fixed size (1.3 MB): what is forgotten when two marks meet in a slot is at worst a reload counted twice. */
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

  /** Whether this reader did that a short while ago. `what`: a page, and what was done to it. Remembers nothing. */
  isRepeated(reader: Reader, what: string, now: number): boolean {
    return this.#find(reader, what, now).isRepeated;
  }

  /** Whether this reader did that for the first time in a while; remembers it. */
  isFirst(reader: Reader, what: string, now: number): boolean {
    const { slot, mark, seconds, isRepeated } = this.#find(reader, what, now);
    if (isRepeated) return false;
    this.#marks[slot] = mark;
    this.#until[slot] = seconds + repeatSeconds;
    return true;
  }

  /** Whether the reader's network is within its limits; counts it. Kinds are counted apart. */
  accepts({ ip }: Reader, kind: "view" | "report", now: number): boolean {
    const seconds = this.#turn(now);
    const minute = Math.floor(seconds / 60);
    if (minute !== this.#minute) {
      this.#minute = minute;
      this.#ofMinute.fill(0);
    }
    const slot = this.#hash(`${kind}\n${networkOf(ip)}`)[0] & (networkSlots - 1);
    const inMinute = this.#ofMinute[slot] ?? 0;
    const inDay = this.#ofDay[slot] ?? 0;
    if (inMinute >= maxPerMinute || inDay >= maxPerDay) return false;
    this.#ofMinute[slot] = inMinute + 1;
    this.#ofDay[slot] = inDay + 1;
    return true;
  }

  /** With a new day comes a new salt, and all marks are gone. Gives the present in seconds. */
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

  /** Two 32-bit hashes of a text: cyrb53 (https://github.com/bryc/code, public domain), begun from the salt. */
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
