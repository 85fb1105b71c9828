/** Tests who counts as unsubscribed, by other services' columns and wording: the most cautious cell of a row decides. */
import { expect, test } from "vitest";
import { type ListOptions, readList } from "../../../src/cli/import-export/read-list.ts";

const read = (lines: readonly string[], options: ListOptions = { consent: "Agreed in the old tool" }) =>
  readList("list.csv", Buffer.from(`${lines.join("\n")}\n`), options);
/** Lines such as `ann subscribed`; email addresses are `ann@example.com`. */
const states = (lines: readonly string[], options?: ListOptions) =>
  [...read(lines, options).entries.values()].map(({ email, standing }) => `${email.split("@")[0]} ${standing}`);

const lists: Readonly<Record<string, readonly string[]>> = {
  Brevo: [
    "CONTACT ID;EMAIL;DOUBLE_OPT-IN;BLACKLISTED;SMS_BLACKLISTED;ADDED_TIME",
    "1;ann@example.com;1;0;1;15-01-2024 10:00:00",
    "2;left@example.com;1;1;0;15-01-2024 10:00:00",
  ],
  HubSpot: [
    "Record ID,Email,Unsubscribed from all email,Email hard bounce reason,Opted out of email: Newsletter",
    "1,ann@example.com,,,No",
    "2,left@example.com,true,,",
    "3,bounced@example.com,,UNKNOWN_USER,",
    "4,gone@example.com,,,Yes",
  ],
  Mailcoach: [
    "email,tags,subscribed_at,unsubscribed_at",
    "ann@example.com,maths,2024-01-15 10:00:00,",
    "left@example.com,maths,2024-01-15 10:00:00,2025-03-01 08:00:00",
  ],
  MailPoet: [
    'Email,List,"List status","Global status"',
    "ann@example.com,Readers,Subscribed,Subscribed",
    "left@example.com,Readers,Unsubscribed,Subscribed",
    "gone@example.com,Readers,Subscribed,Unsubscribed",
    "bounced@example.com,Readers,Subscribed,Bounced",
    "maybe@example.com,Readers,Unconfirmed,Subscribed",
  ],
  Mautic: ["email,donotContact", "ann@example.com,", "left@example.com,TRUE"],
  "Resend contacts": ["id,created_at,email,unsubscribed", "1,,ann@example.com,false", "2,,left@example.com,true"],
  Kit: [
    "id,email,state,created_at",
    "1,ann@example.com,active,2024-01-15 10:00:00 UTC",
    "2,left@example.com,cancelled,",
    "3,bounced@example.com,bounced,",
    "4,spam@example.com,complained,",
    "5,maybe@example.com,inactive,",
  ],
  beehiiv: [
    "Email,Status,Created At,Unsubscribed At,Open Rate",
    "ann@example.com,active,2024-01-15,,50%",
    "left@example.com,inactive,2024-01-15,2024-05-05,",
    "bounced@example.com,invalid,,,",
    "maybe@example.com,validating,,,",
  ],
  listmonk: [
    "uuid,email,name,attributes,status,created_at",
    '1,ann@example.com,Ann,"{""city"": ""Ulm""}",enabled,2024-01-15 10:00:00.12345+00',
    "2,left@example.com,Bo,{},blocklisted,2024-01-15 10:00:00.12345+00",
    "3,gone@example.com,Cy,{},disabled,2024-01-15 10:00:00.12345+00",
  ],
  Keila: [
    "Email,Data,Status",
    "ann@example.com,{},active",
    "left@example.com,{},unsubscribed",
    "bounced@example.com,{},unreachable",
  ],
  Sendy: [
    "Name,Email,Joined,Status",
    'Ann,ann@example.com,"Jan 15, 2024",Subscribed',
    'Lea,left@example.com,"Jan 15, 2024",Unsubscribed',
    'Sam,spam@example.com,"Jan 15, 2024",Marked as spam',
    'Bo,bounced@example.com,"Jan 15, 2024",Hard bounced',
    'Bea,bounced2@example.com,"Jan 15, 2024",Soft bounced',
  ],
  MailerLite: ["Subscriber,Sent,Subscribed,Location", "ann@example.com,3,2024-01-15 10:00:00,Germany"],
  "MailerLite, who left": ["Subscriber,Unsubscribed", "left@example.com,2024-01-15 10:00:00"],
  ActiveCampaign: [
    "Email,Status,Date Unsubscribed,Unsubscribe Reason",
    "ann@example.com,Active,,",
    "left@example.com,Active,2024-02-15,No longer interested",
    "bounced@example.com,Bounced,,",
    "maybe@example.com,Unconfirmed,,",
  ],
  "Campaign Monitor": ["Email Address,State,Date", "ann@example.com,Active,", "gone@example.com,Deleted,"],
  Mailjet: [
    "email,IsUnsubscribed,UnsubscribedAt,IsSpamComplaining,IsExcludedFromCampaigns,IsOptInPending",
    "ann@example.com,false,,false,false,false",
    "left@example.com,true,2024-02-15T10:00:00Z,false,false,false",
    "spam@example.com,false,,true,false,false",
    "gone@example.com,false,,false,true,false",
    "maybe@example.com,false,,false,false,true",
  ],
  Moosend: [
    "Email,Status,Subscribed on",
    "ann@example.com,Subscribed,2024-01-15",
    "gone@example.com,Removed,",
    "maybe@example.com,Archived,",
  ],
  Klaviyo: [
    "Email,Email Marketing Consent,Email Suppressions",
    "ann@example.com,SUBSCRIBED,[]",
    "left@example.com,UNSUBSCRIBED,\"['UNSUBSCRIBE']\"",
    "maybe@example.com,NEVER_SUBSCRIBED,[]",
  ],
  "Constant Contact": [
    "Email address,Email status,Email permission status,Confirmed Opt-Out Source",
    "ann@example.com,Active,Express,",
    "left@example.com,Active,Express,Contact",
  ],
  Salesforce: ["Email,Email Opt Out,Do Not Email", "ann@example.com,0,", "left@example.com,1,", "gone@example.com,0,x"],
  Shopify: ["Email,Accepts Email Marketing", "ann@example.com,yes", "left@example.com,no"],
  German: [
    "E-Mail-Adresse;Status;Abgemeldet am",
    "ann@example.com;Angemeldet;",
    "left@example.com;Abgemeldet;",
    "gone@example.com;Aktiv;01.03.2024",
    "bounced@example.com;Unzustellbar;",
    "spam@example.com;Beschwerde;",
    "maybe@example.com;Unbestätigt;",
  ],
  French: [
    "Adresse e-mail;Statut;Désabonné le",
    "ann@example.com;Abonné(e);",
    "left@example.com;Désinscrit;",
    "gone@example.com;Abonné;02/03/2024",
    "bounced@example.com;Rebond;",
    "spam@example.com;Signalé comme spam;",
    "maybe@example.com;En attente;",
  ],
  Spanish: [
    "Correo electrónico;Estado;Fecha de baja",
    "ann@example.com;Suscrito;",
    "left@example.com;Dado de baja;",
    "gone@example.com;Suscrito;03/03/2024",
    "bounced@example.com;Rebotado;",
  ],
  Italian: [
    "Indirizzo email;Stato",
    "ann@example.com;Iscritto",
    "left@example.com;Disiscritto",
    "gone@example.com;Bloccato",
  ],
  Dutch: [
    "E-mailadres;Status",
    "ann@example.com;Ingeschreven",
    "left@example.com;Uitgeschreven",
    "gone@example.com;Geblokkeerd",
  ],
  Portuguese: [
    "Email;Estado",
    "ann@example.com;Inscrito",
    "left@example.com;Descadastrado",
    "bounced@example.com;Rejeitado",
  ],
  "two columns of one name": [
    "email,status,status",
    "ann@example.com,active,active",
    "left@example.com,active,unsubscribed",
  ],
  "a column called after nothing": [
    "email,Gruppe",
    "ann@example.com,subscribed",
    "left@example.com,unsubscribed",
    "gone@example.com,abgemeldet",
  ],
  "among tags": ["email,tags", 'ann@example.com,"maths, tea"', 'left@example.com,"maths, unsubscribed"'],
  "words with something behind them": [
    "email,status",
    "ann@example.com,Subscribed",
    "left@example.com,Unsubscribed on 2024-01-01",
    "bounced@example.com,Hard bounce (550)",
    "spam@example.com,Spam complaint",
  ],
  "invisible characters": [
    "email,\u200bstatus\u200b",
    "ann@example.com,active",
    "left@example.com,\u200bunsubscribed\u202c",
  ],
  "MySQL's date of no day, and NULL": [
    "email,unsubscribed_at",
    "ann@example.com,0000-00-00 00:00:00",
    "ann2@example.com,NULL",
    "left@example.com,2024-05-05 10:00:00",
  ],
  "yes and no of Excel": ["email,unsubscribed", "ann@example.com,FALSCH", "left@example.com,WAHR"],
  "links to unsubscribe": [
    "email,Unsubscribe,Unsubscribe link",
    "ann@example.com,https://x.example/u,https://x.example/u",
  ],
  "a surname": ["email,Last name", "ann@example.com,Block"],
};

const expected: Readonly<Record<string, string>> = {
  ann: "subscribed",
  left: "unsubscribed",
  gone: "unsubscribed",
  bounced: "bounced",
  spam: "complained",
  maybe: "unconfirmed",
};

test.each(Object.entries(lists))("%s", (_, lines) => {
  const parsed = states(lines);
  expect(parsed.length).toBe(lines.length - 1);
  expect(parsed).toEqual(
    parsed.map((line) => line.replace(/^([a-z]+)(\d*) .*/, (_all, who, n) => `${who}${n} ${expected[who]}`)),
  );
});

test("a known service, too: columns that its export did not have are read, and a filled date outweighs a word", () => {
  const head = "id,email,subscribed_to_emails,email_disabled,created_at,deleted_at,unsubscribed_at";
  expect(
    states(
      [
        head,
        "1,ann@example.com,true,false,2024-01-15T10:00:00.000Z,,",
        "2,bounced@example.com,true,true,2024-01-15T10:00:00.000Z,,",
        "3,left@example.com,true,false,2024-01-15T10:00:00.000Z,,2025-01-01T00:00:00.000Z",
        "4,gone@example.com,true,false,2024-01-15T10:00:00.000Z,2025-01-01T00:00:00.000Z,",
      ],
      {},
    ),
  ).toEqual(["ann subscribed", "bounced bounced", "left unsubscribed", "gone unsubscribed"]);
  expect(
    states(
      [
        "E-Mail-Adresse,OPTIN_TIME,CONFIRM_TIME,UNSUB_TIME,UNSUB_REASON",
        "left@example.com,2018-02-05 19:28:23,2018-02-05 19:28:23,2023-06-06 12:56:15,NORMAL",
        "spam@example.com,2018-02-05 19:28:23,2018-02-05 19:28:23,2023-06-06 12:56:15,SPAM",
      ],
      {},
    ),
  ).toEqual(["left unsubscribed", "spam complained"]);
  expect(
    states(
      ["email,subscriber_type,creation_date,unsubscription_date", "left@example.com,regular,2024-01-15,2025-01-01"],
      {},
    ),
  ).toEqual(["left unsubscribed"]);
});

test("a spreadsheet's apostrophe is no part of an address, whoever exported it", () => {
  const ghost = [
    "email,subscribed_to_emails,created_at",
    "'-ann@example.com,true,2024-01-15",
    "'o@example.com,true,2024-01-15",
  ];
  expect([...read(ghost, {}).entries.keys()]).toEqual(["-ann@example.com", "'o@example.com"]);
  expect([...read(["email", "'+bo@example.com"]).entries.keys()]).toEqual(["+bo@example.com"]);
});

test("one host in two alphabets is one subscriber; what cannot be seen is taken away, or named", () => {
  const list = read([
    "email,status",
    "ann@bücher.example,active",
    "ANN@xn--bcher-kva.example,unsubscribed",
    "\u200bbo@example.com,",
    "\u202acy@example.com\u202c\u00ad,",
    "d\u200bee@example.com,",
  ]);
  expect([...list.entries].map(([key, { standing }]) => `${key} ${standing}`)).toEqual([
    "ann@xn--bcher-kva.example unsubscribed",
    "bo@example.com subscribed",
    "cy@example.com subscribed",
  ]);
  expect([list.repeated, list.invalid]).toEqual([[3], [{ line: 6, written: "d\u200bee@example.com" }]]);
});

test("dates of consent and of leaving, by the column that is nearest to them", () => {
  const list = read([
    "email,created_at,confirmed_at,status,unsubscribed_at",
    "ann@example.com,2024-01-01,2024-01-02 10:00:00+00,active,",
    "bo@example.com,2024-01-01,,unsubscribed,2/5/2018",
    "cy@example.com,,,unsubscribed,2/15/2018 7:28 PM",
  ]);
  expect(
    [...list.entries.values()].map(({ agreedAt, requestedAt, endedAt }) => [agreedAt, requestedAt, endedAt]),
  ).toEqual([
    ["2024-01-02T10:00:00.000Z", "2024-01-02T10:00:00.000Z", null],
    ["2024-01-01T00:00:00.000Z", "2024-01-01T00:00:00.000Z", "2018-02-05T00:00:00.000Z"],
    [null, null, "2018-02-15T19:28:00.000Z"],
  ]);
});
