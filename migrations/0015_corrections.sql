CREATE TABLE `corrections` (
	`id` text PRIMARY KEY NOT NULL,
	`chapter_id` text NOT NULL,
	`text_hash` text NOT NULL,
	`recorded_at` text NOT NULL,
	`announced_at` text,
	`edition_id` text
);
--> statement-breakpoint
CREATE INDEX `corrections_queued` ON `corrections` (`announced_at`) WHERE edition_id IS NULL AND announced_at IS NOT NULL;--> statement-breakpoint
ALTER TABLE `subscribers` ADD `corrections_since` text;