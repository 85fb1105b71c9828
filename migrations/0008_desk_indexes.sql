CREATE INDEX `consents_time` ON `consents` (`act`,`at`);--> statement-breakpoint
CREATE INDEX `feedback_time` ON `feedback` (`at`);