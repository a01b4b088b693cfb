DROP INDEX `events_by_incident`;--> statement-breakpoint
ALTER TABLE `events` ADD `peak_at` integer;--> statement-breakpoint
ALTER TABLE `events` ADD `side` text DEFAULT 'above' NOT NULL;--> statement-breakpoint
ALTER TABLE `events` ADD `current_value` real;--> statement-breakpoint
ALTER TABLE `events` ADD `notified_at` integer;--> statement-breakpoint
-- What is known of older events: the sign of the figure, else the bound that the value crossed.
UPDATE `events` SET `side` = CASE
	WHEN `method` = 'NO_DATA' THEN 'silent'
	WHEN `figure` < 0 THEN 'below'
	WHEN `figure` > 0 OR `value` > `upper` THEN 'above'
	WHEN `value` < `lower` THEN 'below'
	ELSE 'above'
END;--> statement-breakpoint
CREATE INDEX `events_by_incident` ON `events` (`incident_id`,`status`);