/** Lists six teas by range of oxidation, in percent of fully oxidised black tea; oolong is any tea in between. */

export const teas = [
  { name: "green", from: 0, to: 3 },
  { name: "yellow", from: 0, to: 8 },
  { name: "white", from: 0, to: 12 },
  { name: "oolong", from: 10, to: 80 },
  { name: "black", from: 0, to: 100 },
  { name: "dark", from: 0, to: 100 },
] as const;
