/** Computes Newton's law of cooling: the rate of heat loss is proportional to the excess temperature (Newton 1701). */

export interface Cup {
  readonly name: string;
  /** Share of the excess temperature lost per minute. */
  readonly rate: number;
}

export const cups: readonly Cup[] = [
  { name: "glass", rate: 0.07 },
  { name: "clay", rate: 0.04 },
  { name: "flask", rate: 0.005 },
];

/** Temperatures of the room and of freshly poured tea, in degrees Celsius. */
export const [room, poured] = [20, 90] as const;

export const temperature = (rate: number, minutes: number): number =>
  room + (poured - room) * Math.exp(-rate * minutes);

/** Minutes until the tea has cooled to that temperature, which must be above the room's. */
export const minutesUntil = (rate: number, degrees: number): number =>
  Math.log((poured - room) / (degrees - room)) / rate;
