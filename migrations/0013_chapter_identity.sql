CREATE TABLE `chapter_keys` (
	`key` text PRIMARY KEY NOT NULL,
	`chapter_id` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `chapter_questions` (
	`place` text PRIMARY KEY NOT NULL,
	`may_be` text NOT NULL,
	`asked_at` text NOT NULL,
	`answer` text,
	`answered_at` text
);
--> statement-breakpoint
CREATE TABLE `release_state` (
	`id` integer PRIMARY KEY NOT NULL,
	`fingerprint` text NOT NULL,
	`identities` text NOT NULL,
	`legacy_feeds` text NOT NULL
);
--> statement-breakpoint
ALTER TABLE `publications` ADD `place` text;--> statement-breakpoint
ALTER TABLE `publications` ADD `books` text;--> statement-breakpoint
ALTER TABLE `publications` ADD `gone_at` text;--> statement-breakpoint
ALTER TABLE `publications` ADD `legacy_feed_id` text;