/** Normalises the spelling of a path, for requests and for `redirect_from` alike. */

/** Lower case, without repeated slashes and needless percent-encoding; `undefined` if a percent sign is malformed. */
export function normalisePath(path: string): string | undefined {
  try {
    return spelling(decodeURI(path));
  } catch {
    return undefined;
  }
}

export const spelling = (path: string): string => path.toLowerCase().replace(/\/{2,}/g, "/");
