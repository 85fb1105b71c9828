/** Recognises words for a subscription status in the languages that services export in. */
import { mostCautious, type Standing } from "./entry.ts";
import { foldWords } from "./fold-words.ts";

/** Empty values of databases and spreadsheets: MySQL's zero date, `\N`, an empty list. */
const blankWords = /^(|null|n a|na|nil|none|nan|undefined|never|keine?r?s?|aucune?|ninguno|nessuno|geen)$/;
export const isBlank = (cell: string): boolean =>
  /^[\s\-–—.\\[\]{}"']*$/.test(cell) || /^0000-00-00( 00:00:00)?$/.test(cell) || blankWords.test(foldWords(cell));

const trues =
  /^(true|1|yes|y|t|on|x|checked|wahr|ja|j|vrai|oui|verdadero|si|vero|verdadeiro|sim|waar|sant|sand|prawda|tak|истина|да)$/;
const falses =
  /^(false|0|no|n|f|off|unchecked|falsch|nein|faux|non|falso|nao|nee|onwaar|falskt|falsk|nej|falsz|nie|ложь|нет)$/;

/**
 * Reads yes and no in those languages, including Excel's translations of TRUE and FALSE. Undefined for anything else.
 */
export function truthOf(cell: string): boolean | undefined {
  const word = /^\s*[✓✔☑✅]\s*$/u.test(cell) ? "x" : foldWords(cell);
  return trues.test(word) ? true : falses.test(word) ? false : undefined;
}

/** Whole cells, folded. */
const words: Readonly<Record<"subscribed" | "unconfirmed" | "unsubscribed", ReadonlySet<string>>> = {
  subscribed: new Set(
    `subscribed|sub|active|confirmed|double confirmed|enabled|opted in|opt in|opt in confirmed|member|valid|verified|ok|express|implied
    |abonniert|angemeldet|aktiv|bestatigt|eingetragen|aktiviert|abonne|abonnee|abonne e|inscrit|inscrite|inscrit e|actif|active e|confirme|confirmee|confirme e
    |suscrito|suscrita|suscripto|activo|activa|confirmado|confirmada|iscritto|iscritta|attivo|attiva|confermato|confermata
    |ingeschreven|geabonneerd|aangemeld|actief|bevestigd|inscrito|inscrita|assinante|ativo|ativa|prenumererar|tilmeldt|aktywny|zapisany|potwierdzony|активный|подписан`
      .split("|")
      .map((word) => word.trim()),
  ),
  unconfirmed: new Set(
    `pending|unconfirmed|not confirmed|never confirmed|unverified|non subscribed|nonsubscribed|non subscriber|never subscribed|transactional|archived|inactive|paused|on hold|temporary hold|validating|needs attention|not set|unknown|cold|unengaged|spammy
    |unbestatigt|nicht bestatigt|ausstehend|inaktiv|wartend|pausiert|archiviert|unbekannt|en attente|non confirme|non confirmee|inactif|inactive e|pendiente|sin confirmar|no confirmado|inactivo
    |in attesa|non confermato|inattivo|in afwachting|niet bevestigd|inactief|pendente|nao confirmado|inativo|oczekujacy|niepotwierdzony|nieaktywny|неактивный|не подтвержден`
      .split("|")
      .map((word) => word.trim()),
  ),
  unsubscribed: new Set(
    `left|out|disabled|excluded|not subscribed|no longer subscribed|blocked|revoked|closed|inaccessible|nicht abonniert|nicht angemeldet|nicht mehr abonniert|non abonne|non inscrit|no suscrito|baja|de baja|non iscritto|niet ingeschreven|nao inscrito`
      .split("|")
      .map((word) => word.trim()),
  ),
};

/** Stems that mark the end of a subscription in any context: `Hard bounced (550)`. Most cautious first. */
const stems: readonly (readonly [Exclude<Standing, "subscribed">, RegExp])[] = [
  [
    "complained",
    /complain|\bspam|\babuse|\bjunk\b|beschwerde|beschwert|plainte|\bqueja|reclamacao|segnalat|klacht|klagom|skarga|жалоб|спам/,
  ],
  [
    "bounced",
    /bounc|undeliver|unreach|\bcleaned\b|\binvalid\b|nonexistent|user unknown|unzustell|nicht zustell|unerreichbar|ungultig|non distribu|injoignable|\brebond|\brebot|no entregable|rimbalz|non valido|onbezorg|ongeldig|devolvid|rejeitad|odbit|quarantin|недоставл/,
  ],
  [
    "unconfirmed",
    /opt in (pending|requested)|pending|awaiting|unconfirmed|not yet confirmed|unbestatigt|warte[tn]? auf/,
  ],
  [
    "unsubscribed",
    /unsub|opt(ed)? ?out|opting out|signed off|signed out|removed|deleted|cancel|block ?list|black ?list|\bblock|suppress|do not|don t|withdr[ae]w|abgemeldet|abmeld|ausgetragen|austrag|abbestell|gekundigt|gesperrt|blockiert|geblockt|geloscht|entfernt|widerruf|widersprochen|deaktiviert|desabonn|desinscri|desinscr|desiscri|bloque|supprim|resili|dado de baja|dada de baja|cancelad|eliminad|bloquead|disiscri|annullat|cancellat|bloccat|uitgeschreven|afgemeld|geblokkeerd|verwijderd|opgezegd|descadast|excluid|avregistr|avmeld|afmeldt|wypisan|zablokowan|usuniet|отпис|заблокир/,
  ],
];
/** `Not bounced`, `unblocked`, `never unsubscribed`: only the author can say what they mean. */
const negation =
  /^(not|never|no|non|nicht|kein\w*|nie|nunca|jamais|pas|niet|nao|ohne|without)\b|\bun(block|suppress|bounc|cancel|delet)/;

/** The meaning of a status cell; undefined if empty. */
export function standingOf(cell: string): Standing | "unknown" | undefined {
  if (isBlank(cell)) return undefined;
  const word = foldWords(cell);
  for (const standing of ["subscribed", "unconfirmed", "unsubscribed"] as const) {
    if (words[standing].has(word)) return standing;
  }
  if (negation.test(word) && !/^do not/.test(word)) return "unknown";
  return stems.find(([, stem]) => stem.test(word))?.[0] ?? "unknown";
}

/**
 * Words that mean the end of a subscription in any column: specific enough not to occur in a name, plan or note by
 * chance.
 */
const certain =
  /\b(unsub|unsubscribed?|opted out|opt ?out|(hard|soft) ?bounced?|bounced|marked as spam|spam complaint|complained|undeliverable|(block|black) ?listed|do not (e ?)?mail|do not contact|unzustellbar|abgemeldet|ausgetragen|abbestellt|desabonnee?|desinscrite?|d(ado|ada|arse) de baja|disiscritt[oa]|uitgeschreven|afgemeld|descadastrad[oa]|avregistrerad|afmeldt|wypisany|отписан\w*)\b/;

/** Finds such a word, alone or among tags; or within a sentence, which may also negate it. */
export function endingIn(cell: string): Standing | "sentence" | undefined {
  if (!certain.test(foldWords(cell)) || /^(https?:|mailto:)/i.test(cell)) return undefined;
  const parts = cell.split(/[,;|/]/).filter((part) => certain.test(foldWords(part)));
  const standingsOfParts = parts.map((part) => (foldWords(part).split(" ").length > 4 ? "unknown" : standingOf(part)));
  const ends = standingsOfParts.filter((one) => one !== "unknown" && one !== "subscribed" && one !== undefined);
  if (ends.length > 0) return mostCautious(...ends);
  // Consent wordings often mention unsubscribing, and are longer than a remark.
  return cell.length <= 80 ? "sentence" : undefined;
}
