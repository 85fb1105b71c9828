DROP TABLE `webhook_events`;--> statement-breakpoint
CREATE TABLE `webhook_events` (
	`created_at` text NOT NULL,
	`id` text NOT NULL,
	`type` text NOT NULL,
	PRIMARY KEY(`created_at`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `deliveries_uncertain` ON `deliveries` (`edition_id`) WHERE state = 'uncertain';
