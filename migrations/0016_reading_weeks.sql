CREATE TABLE `reading_totals` (
	`day` text NOT NULL,
	`measure` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`day`, `measure`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `reading_weeks` (
	`week` text NOT NULL,
	`measure` text NOT NULL,
	`page` text NOT NULL,
	`source` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`week`, `measure`, `page`, `source`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `summed_keys` (
	`key` text PRIMARY KEY NOT NULL,
	`chapter_id` text NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `summed_weeks` (
	`week` text PRIMARY KEY NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `summed_keys` (`key`, `chapter_id`) SELECT key, chapter_id FROM chapter_keys;
--> statement-breakpoint
INSERT INTO `reading_weeks` (`week`, `measure`, `page`, `source`, `count`)
  SELECT date(day, '-6 days', 'weekday 1'), measure, page, source, SUM(count) FROM reading_days
  WHERE day < date('now', '-1 days', '-6 days', 'weekday 1') GROUP BY 1, 2, 3, 4;
--> statement-breakpoint
INSERT INTO `reading_totals` (`day`, `measure`, `count`)
  SELECT day, measure, SUM(count) FROM reading_days
  WHERE day < date('now', '-1 days', '-6 days', 'weekday 1') GROUP BY 1, 2;
--> statement-breakpoint
INSERT INTO `summed_weeks` (`week`)
  SELECT DISTINCT week FROM reading_weeks WHERE week NOT IN (
    SELECT date(value ->> 0, '-6 days', 'weekday 1') FROM tallies, json_each(tallies.counts));
