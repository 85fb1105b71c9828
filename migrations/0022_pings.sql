CREATE TABLE `pings` (
	`service` text NOT NULL,
	`subject` text NOT NULL,
	`version` text NOT NULL,
	`pending` text,
	`attempts` integer NOT NULL,
	`due_at` text,
	PRIMARY KEY(`service`, `subject`)
);
