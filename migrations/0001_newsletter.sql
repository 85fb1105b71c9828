CREATE TABLE `batches` (
	`id` text PRIMARY KEY NOT NULL,
	`edition_id` text NOT NULL,
	`generation` integer DEFAULT 0 NOT NULL,
	`members` text NOT NULL,
	`state` text NOT NULL,
	`sealed_at` text NOT NULL,
	`unknown_since` text,
	`next_attempt_at` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`error` text,
	`settled_at` text
);
--> statement-breakpoint
CREATE INDEX `batches_sealed` ON `batches` (`edition_id`,`next_attempt_at`) WHERE state = 'sealed';--> statement-breakpoint
CREATE TABLE `consents` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`subscriber_id` text NOT NULL,
	`at` text NOT NULL,
	`act` text NOT NULL,
	`page` text NOT NULL,
	`wording` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `consents_subscriber` ON `consents` (`subscriber_id`);--> statement-breakpoint
CREATE TABLE `deliveries` (
	`chapter_id` text NOT NULL,
	`subscriber_id` text NOT NULL,
	`edition_id` text NOT NULL,
	`state` text NOT NULL,
	`reason` text,
	`provider_id` text,
	`changed_at` text NOT NULL,
	PRIMARY KEY(`chapter_id`, `subscriber_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `editions` (
	`id` text PRIMARY KEY NOT NULL,
	`audience` text NOT NULL,
	`chapters` text NOT NULL,
	`state` text NOT NULL,
	`opened_at` text NOT NULL,
	`mails` text NOT NULL,
	`cursor` text DEFAULT '' NOT NULL,
	`sealed_at` text,
	`done_at` text,
	`stopped_at` text,
	`stop_reason` text
);
--> statement-breakpoint
CREATE INDEX `editions_open` ON `editions` (`opened_at`) WHERE state = 'sending';--> statement-breakpoint
CREATE TABLE `letters` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`subscriber_id` text,
	`state` text NOT NULL,
	`message` text,
	`created_at` text NOT NULL,
	`first_attempt_at` text,
	`next_attempt_at` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`provider_id` text,
	`error` text,
	`settled_at` text
);
--> statement-breakpoint
CREATE INDEX `letters_queued` ON `letters` (`next_attempt_at`) WHERE state = 'queued';--> statement-breakpoint
CREATE TABLE `limits` (
	`bucket` text PRIMARY KEY NOT NULL,
	`count` integer NOT NULL,
	`expires_at` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `limits_expiry` ON `limits` (`expires_at`);--> statement-breakpoint
CREATE TABLE `newsletter` (
	`id` integer PRIMARY KEY NOT NULL,
	`began_at` text NOT NULL,
	`sealed_batches` integer DEFAULT 0 NOT NULL,
	`hold_until` text,
	`hold_reason` text
);
--> statement-breakpoint
CREATE TABLE `notices` (
	`id` text PRIMARY KEY NOT NULL,
	`title` text NOT NULL,
	`body` text NOT NULL,
	`at` text NOT NULL,
	`resolved_at` text
);
--> statement-breakpoint
CREATE TABLE `subscribers` (
	`id` text PRIMARY KEY NOT NULL,
	`email` text NOT NULL,
	`address_key` text NOT NULL,
	`state` text NOT NULL,
	`leave_key` text NOT NULL,
	`requested_at` text NOT NULL,
	`confirmed_at` text,
	`left_at` text,
	`suppressed_at` text,
	`suppression_reason` text,
	`leave_reason` text,
	`confirmation` text,
	`frequency` text DEFAULT 'each' NOT NULL,
	`frequency_changed_at` text,
	`books` text,
	`paused_until` text,
	`new_email` text,
	`new_email_request` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `subscribers_address` ON `subscribers` (`address_key`);--> statement-breakpoint
CREATE TABLE `suppressions` (
	`address_hash` text PRIMARY KEY NOT NULL,
	`reason` text NOT NULL,
	`at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `webhook_events` (
	`id` text PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`received_at` text NOT NULL
);
--> statement-breakpoint
ALTER TABLE `publications` ADD `announced_at` text;--> statement-breakpoint
ALTER TABLE `publications` ADD `edition_id` text;