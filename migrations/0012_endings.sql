CREATE TABLE `endings` (
	`name` text PRIMARY KEY NOT NULL,
	`hash` text NOT NULL,
	`at` text NOT NULL,
	`stored_at` text,
	`recovered` text
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `endings_time` ON `endings` (`at`);--> statement-breakpoint
CREATE INDEX `endings_waiting` ON `endings` (`at`) WHERE stored_at IS NULL;--> statement-breakpoint
CREATE INDEX `endings_recovered` ON `endings` (`recovered`) WHERE recovered IS NOT NULL;