ALTER TABLE `newsletter` RENAME COLUMN `sealed_batches` TO `claims`;--> statement-breakpoint
ALTER TABLE `batches` ADD `claim` integer;--> statement-breakpoint
ALTER TABLE `newsletter` ADD `seen_at` text;
