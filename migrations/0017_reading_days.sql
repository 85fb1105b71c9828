CREATE TABLE `reading_pages` (
	`day` text NOT NULL,
	`page` text NOT NULL,
	`views` integer NOT NULL,
	`reads` integer NOT NULL,
	`finishes` integer NOT NULL,
	PRIMARY KEY(`day`, `page`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `reading_spans` (
	`days` integer NOT NULL,
	`until` text NOT NULL,
	`page` text NOT NULL,
	`views` integer NOT NULL,
	`counts` text NOT NULL,
	PRIMARY KEY(`days`, `until`, `page`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `summed_days` (
	`id` integer PRIMARY KEY NOT NULL,
	`since` text NOT NULL,
	`until` text NOT NULL,
	`keys` text NOT NULL
);
