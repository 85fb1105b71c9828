/** Checks ORCID iDs: https://support.orcid.org/hc/en-us/articles/360006897674. */

/** As a URL or as digits; the last character, 0 to 9 or X, is a checksum. */
export const orcidForm = /^(?:https?:\/\/orcid\.org\/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])$/;

/** ISO 7064, MOD 11-2. `orcid`: in the form of four groups. */
export function hasOrcidChecksum(orcid: string): boolean {
  const digits = orcid.replaceAll("-", "");
  const total = [...digits.slice(0, -1)].reduce((sum, digit) => (sum + Number(digit)) * 2, 0);
  const check = (12 - (total % 11)) % 11;
  return digits.at(-1) === (check === 10 ? "X" : String(check));
}
