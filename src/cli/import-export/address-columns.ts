/** Finds the columns of a list that contain email addresses, by name and by cells. */
import type { Row } from "./read-table.ts";

/** Names as normalised by `columnName`. */
export const addressColumns: readonly string[] = [
  "email",
  "e_mail",
  "email_address",
  "e_mail_address",
  "mail",
  "address",
  "e_mail_adresse",
  "email_adresse",
  "mailadresse",
  "adresse_e_mail",
  "adresse_email",
  "adresse_électronique",
  "courriel",
  "correo",
  "correo_electronico",
  "correo_electrónico",
  "dirección_de_correo_electrónico",
  "indirizzo_email",
  "indirizzo_e_mail",
  "e_mailadres",
  "endereço_de_email",
  "subscriber",
];

export const isAddressLike = (cell: string): boolean =>
  /^\s*(?:[^<>]*<)?[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+>?\s*$/.test(cell);

/** Whether the first row already contains addresses, so there is no header row. */
export const hasNoHeader = ({ cells }: Row): boolean => cells.some(isAddressLike);
