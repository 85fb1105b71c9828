CREATE TABLE `reader_messages` (
	`id` text PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`page` text,
	`fragment` text,
	`place` text,
	`quote` text,
	`message` text NOT NULL,
	`email` text,
	`address_key` text,
	`state` text DEFAULT 'open' NOT NULL,
	`closed_at` text
);
--> statement-breakpoint
CREATE INDEX `reader_messages_state` ON `reader_messages` (`state`,`at`);--> statement-breakpoint
CREATE INDEX `reader_messages_time` ON `reader_messages` (`at`);--> statement-breakpoint
CREATE INDEX `reader_messages_address` ON `reader_messages` (`address_key`) WHERE address_key IS NOT NULL;--> statement-breakpoint
CREATE INDEX `reader_messages_expiring` ON `reader_messages` (`closed_at`) WHERE address_key IS NOT NULL;