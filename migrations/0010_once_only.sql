ALTER TABLE `newsletter` ADD `database_id` text;--> statement-breakpoint
ALTER TABLE `publications` ADD `first_opened_at` text;--> statement-breakpoint
UPDATE `newsletter` SET `database_id` = lower(hex(randomblob(8)));--> statement-breakpoint
UPDATE `publications` SET `first_opened_at` = (SELECT MIN(`opened_at`) FROM `editions` e, json_each(e.`chapters`) c
  WHERE c.value = `publications`.`chapter_id`);
