/** Determines a column's role by its name alone: subscription status, unsubscribe date, consent date, or none. */
import type { Standing } from "./entry.ts";
import { foldWords } from "./fold-words.ts";

export type Role =
  | { readonly kind: "none" }
  /**
   * Cells are status words, or yes and no; `no` is the meaning of no. `isCalled`: the name is so clear that unknown
   * cells raise a question.
   */
  | { readonly kind: "state"; readonly no: Standing; readonly isCalled: boolean }
  /**
   * A non-empty cell means `standing`. `anyText`: even free text such as a reason, not only yes, a date or a status
   * word. `isTime`: the name suggests a date.
   */
  | { readonly kind: "end"; readonly standing: Standing; readonly anyText: boolean; readonly isTime: boolean }
  /** Date of consent or sign-up; a lower rank is closer to the consent. */
  | { readonly kind: "agreed"; readonly rank: number };

const otherChannel =
  /\b(sms|mms|whatsapp|phone|telephone|telefon|telefono|tel|mobile|handy|calls?|push|fax|letterbox)\b|donotcall/;
const email = /\be ?mails?\b|correo|courriel/;
/** Unsubscribe URLs, tokens and campaign statistics say nothing about a person's status. */
const machinery = /\b(links?|urls?|href|tokens?|hash|keys?|rates?|quote|header)$|(link|url|token|hash)$/;

const ends: readonly (readonly [Standing, RegExp])[] = [
  [
    "complained",
    /complain|\bspam|\babuse|\bjunk|beschwerde|plainte|\bqueja|reclamacao|reclamacoes|klacht|skarga|жалоб/,
  ],
  [
    "bounced",
    /bounc|undeliver|unreach|\bclean(ed)?\b|\binvalid|unzustell|\brebond|\brebot|rimbalz|devolucao|quarantin|\bodbi[tc]/,
  ],
  [
    "unsubscribed",
    /unsub|opt.*out\b|optout|optedout|signed ?off|\bblock|\bblack|suppress|\bdo not|donot|dont ?(contact|e ?mail|mail)|don t|\bdnc\b|^dnc|\bno (e ?)?mail|nomail|noemail|disabled|deactivated|deleted|removed|excluded|\bleft (at|on)\b|^left$|\bcancel|\brevoked|withdr[ae]w|abgemeld|abmeld|ausgetrag|austrag|abbestell|kundigung|gekundigt|gesperrt|sperrung|sperrliste|geloscht|widerruf|widerspruch|deaktiviert|desabon|desinscr|desiscri|bloque|supprime|resili|\bbaja\b|cancelad|eliminad|disiscri|annullament|cancellat|cancellazion|bloccat|uitgeschr|uitschrij|afgemeld|afmeld|geblok|opgezegd|descadast|cancelamento|bloquead|wypis|avregistr|avmeld|отпис/,
  ],
  ["unconfirmed", /pending|unconfirmed|unverified|awaiting|ausstehend|unbestatigt/],
];
const tellsMore =
  /\b(reasons?|grund|motif|motivo|reden|raison|at|on|am|le|el|il|op|em|dates?|datum|fecha|data|times?|timestamp|zeit|by|via|comments?|kommentar|feedback|messages?|details?|campaigns?|kampagne|campagne|ip|source|quelle|origin|notes?|user|from list|other)\b|(date|datum|time|reason)$|^(is|has)?unsub(scribed)?(at|on|by)$/;

const when =
  /\b(at|on|am|le|el|il|op|em|dates?|datum|fecha|data|times?|timestamp|zeit)\b|(date|datum|time|dato)$|(ed)at$/;
const untimely =
  /\b(last|latest|letzte\w*|dernier\w*|updated?|modified|changed?|geandert|birth\w*|geburt\w*|expir\w*|open\w*|click\w*|sent|next)\b/;
/** Closest to the consent first. */
const agreements: readonly RegExp[] = [
  /confirm|bestatig|bevestig|potwierdz/,
  /agreed|consent|opt(ed)? ?in|einwillig|zustimm|consentement/,
  /subscri|join|sign ?(ed ?)?up|regist|angemeld|anmeld|eintrag|eingetragen|abonn|inscri|inscrit|suscri|\balta\b|iscri|inschrij|ingeschr|aangemeld|prenum/,
  /\badd|creat|erstell|angelegt|hinzugef|cree|ajout|aangemaakt|toegevoegd|criad|adicionad|anadid|aggiunt|utworz/,
];
/** Names that services use for a date, although they contain no word for it. */
const dateAlone: Readonly<Record<string, number>> = {
  joined: 2,
  added: 3,
  created: 3,
  date: 4,
  datum: 4,
  fecha: 4,
  data: 4,
  timestamp: 4,
};

const states = /status|statut|\bstate\b|\bestado\b|\bstato\b|\betat\b|zustand|situacao|situacion|\bstan\b|статус/;
const subscribed = /subscribed|abonniert|\babonnes?\b|suscrit|\biscritt|geabonneerd/;
const optedIn = /\bopt(ed)? ?in\b|optin/;
/**
 * Known names of columns with yes and no; other cells mean something else. In `declined`, no means unsubscribed; in
 * `unproven`, unconfirmed.
 */
const declined =
  /^(news ?letter|mailings?|subscription|abo|abonnement|suscripcion|iscrizione|(email )?accepts( email)? marketing|accepts (news ?letter|e ?mails?)|(receives?|wants?|gets) (the )?(news ?letter|e ?mails?|updates)|angemeldet|eingetragen|inscrit|inscrita|ingeschreven|aangemeld|inscrito|tilmeldt)$/;
const unproven =
  /^(is )?(active|aktiv|actif|activo|attivo|actief|ativo|confirmed|bestatigt|confirme|confirmado|confermato|bevestigd|e?mail (verified|confirmed)|verified|(e ?mail |marketing |e ?mail marketing |gdpr )?consent|gdpr|dsgvo|(marketing |e ?mail )?permission|einwilligung|doi)$/;

/** Columns of names and addresses: `Block` and `Left` are surnames. */
export const isOfNames = (name: string): boolean =>
  /^((first|last|full|given|family|sur|middle|user|display|company|your)? ?names?|firstname|lastname|fullname|fname|lname|vorname|nachname|vollname|benutzername|prenom|nom|nom de famille|nombre|apellidos?|nome|cognome|sobrenome|voornaam|achternaam|naam|company|firma|organi[sz]ation|city|town|ort|stadt|street|strasse|address|adresse|country|land|title|titel)$/.test(
    foldWords(name),
  );

/** `name` as written in the header row. */
export function roleOf(name: string): Role {
  const words = foldWords(name.replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2"));
  if ((otherChannel.test(words) && !email.test(words)) || machinery.test(words)) return { kind: "none" };
  const end = ends.find(([, pattern]) => pattern.test(words));
  if (end) return { kind: "end", standing: end[0], anyText: tellsMore.test(words), isTime: when.test(words) };
  const rank = agreements.findIndex((pattern) => pattern.test(words));
  if (rank >= 0 && when.test(words) && !untimely.test(words)) return { kind: "agreed", rank };
  if (words in dateAlone) return { kind: "agreed", rank: dateAlone[words] ?? 4 };
  if (states.test(words) || subscribed.test(words)) return { kind: "state", no: "unsubscribed", isCalled: true };
  if (optedIn.test(words)) return { kind: "state", no: "unconfirmed", isCalled: true };
  if (declined.test(words)) return { kind: "state", no: "unsubscribed", isCalled: false };
  if (unproven.test(words)) return { kind: "state", no: "unconfirmed", isCalled: false };
  return { kind: "none" };
}
