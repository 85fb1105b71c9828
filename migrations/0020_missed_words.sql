CREATE TABLE `missed_words` (
	`month` text NOT NULL,
	`hash` text NOT NULL,
	`count` integer NOT NULL,
	`readers` integer NOT NULL,
	`word` text,
	PRIMARY KEY(`month`, `hash`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `missed_words_shown` ON `missed_words` (`month`,`count`) WHERE word IS NOT NULL;