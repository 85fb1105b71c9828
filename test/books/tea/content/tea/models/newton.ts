/** Newton's law of cooling: what is lost in a moment is in proportion to the excess over the room (Newton 1701). */

export interface Cup {
  readonly name: string;
  /** Share of the excess that is lost, a minute. */
  readonly rate: number;
}

export const cups: readonly Cup[] = [
  { name: "glass", rate: 0.07 },
  { name: "clay", rate: 0.04 },
  { name: "flask", rate: 0.005 },
];

/** In degrees Celsius: the room, and the tea as it is poured. */
export const [room, poured] = [20, 90] as const;

export const temperature = (rate: number, minutes: number): number =>
  room + (poured - room) * Math.exp(-rate * minutes);

/** Minutes until the tea has cooled to that temperature. */
export const minutesUntil = (rate: number, degrees: number): number =>
  Math.log((poured - room) / (degrees - room)) / rate;
