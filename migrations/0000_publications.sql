CREATE TABLE `publications` (
	`chapter_id` text PRIMARY KEY NOT NULL,
	`published_at` text NOT NULL,
	`recorded_at` text NOT NULL
);
