CREATE INDEX `letters_settled` ON `letters` (`settled_at`) WHERE settled_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `letters_subscriber` ON `letters` (`subscriber_id`);--> statement-breakpoint
CREATE INDEX `subscribers_pending` ON `subscribers` (`requested_at`) WHERE state = 'pending';