CREATE TABLE `feedback` (
	`id` text PRIMARY KEY NOT NULL,
	`page` text NOT NULL,
	`at` text NOT NULL,
	`clear` integer NOT NULL,
	`words` text,
	`settled_at` text
);
--> statement-breakpoint
CREATE INDEX `feedback_page` ON `feedback` (`page`,`at`);--> statement-breakpoint
CREATE TABLE `reading_days` (
	`day` text NOT NULL,
	`page` text NOT NULL,
	`measure` text NOT NULL,
	`source` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`day`, `page`, `measure`, `source`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `tallies` (
	`id` text PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`counts` text NOT NULL
) WITHOUT ROWID;
