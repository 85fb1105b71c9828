CREATE TABLE `workers` (
	`name` text PRIMARY KEY NOT NULL,
	`origin` text NOT NULL,
	`namespace_id` text NOT NULL,
	`deployed_at` text NOT NULL
);
