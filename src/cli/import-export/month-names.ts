/** Lists month names in the languages that services export in, folded by `foldWords`, from January. */

const names: readonly string[] = [
  "january jan januar janner jaenner janvier janv enero ene gennaio gen januari janeiro",
  "february feb februar fevrier fevr fev febrero febbraio februari fevereiro",
  "march mar marz maerz mrz mars marzo maart mrt marco",
  "april apr avril avr abril abr aprile",
  "may mai mayo maggio mag mei maio maj",
  "june jun juni juin junio giugno giu junho",
  "july jul juli juillet juil julio luglio lug julho",
  "august aug aout agosto ago augustus augusti",
  "september sept sep septembre septiembre settembre set setembro",
  "october oct oktober okt octobre octubre ottobre ott outubro out",
  "november nov novembre noviembre novembro",
  "december dec dezember dez decembre diciembre dic dicembre dezembro",
];

/** Folded name -> `01` to `12`. */
export const months: ReadonlyMap<string, string> = new Map(
  names.flatMap((list, index) => list.split(" ").map((name) => [name, `${index + 1}`.padStart(2, "0")] as const)),
);
