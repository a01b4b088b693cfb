CREATE TABLE `event_undos` (
	`event_id` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`who` text NOT NULL,
	`before` text NOT NULL,
	`after` text NOT NULL,
	FOREIGN KEY (`event_id`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `feedback` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`rule_id` integer NOT NULL,
	`series_id` integer NOT NULL,
	`kind` text NOT NULL,
	FOREIGN KEY (`rule_id`) REFERENCES `rules`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`series_id`) REFERENCES `series`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
ALTER TABLE `events` ADD `confirmed_at` integer;--> statement-breakpoint
ALTER TABLE `events` ADD `confirmed_by` text;--> statement-breakpoint
ALTER TABLE `events` ADD `resolution` text;--> statement-breakpoint
ALTER TABLE `events` ADD `critical_since` integer;--> statement-breakpoint
ALTER TABLE `events` ADD `raised_at` integer;--> statement-breakpoint
DROP TRIGGER `event_counts_before_update`;--> statement-breakpoint
DROP TRIGGER `event_counts_after_update`;--> statement-breakpoint
DROP VIEW `event_keys`;--> statement-breakpoint
-- What an event counts for: one row for each dimension that has a key for it, and for each of its spans. The key of `worth`
-- is the rule's id and letters: false alarm, acknowledged, confirmed, resolved by Tocsin or a person, silenced, begins its incident
-- (which an event does that has no other's, also before it is given its own).
CREATE VIEW `event_keys` AS
SELECT `events`.`id`, `detected_at`, `dimension`, `span`, `detected_at` - `detected_at` % `span` AS `start`,
	CASE `dimension`
		WHEN 'status' THEN `status`
		WHEN 'severity' THEN `severity`
		WHEN 'metric_type' THEN `metric_type`
		WHEN 'rule' THEN CAST(`rule_id` AS TEXT)
		WHEN 'worth' THEN `rule_id` || ' ' || iif(`status` = 'FALSE_POSITIVE', 'f', '')
			|| iif(`acknowledged_at` IS NULL, '', 'a') || iif(`confirmed_at` IS NULL, '', 'c')
			|| iif(`status` = 'RESOLVED', iif(`resolved_by` = 'tocsin', 't', 'p'), '')
			|| iif(`silenced_by` IS NULL, '', 's') || iif(`incident_id` IN (0, `events`.`id`), 'i', '')
		ELSE iif(`drill`, 'drill', 'real')
	END AS `key`
FROM `events`
CROSS JOIN `series` ON `series`.`id` = `series_id`
CROSS JOIN (
	SELECT 'status' AS `dimension`, 900000 AS `span`
	UNION ALL VALUES ('severity', 900000), ('metric_type', 900000), ('open_critical', 900000), ('rule', 900000),
		('status', 86400000), ('severity', 86400000), ('metric_type', 86400000), ('open_critical', 86400000),
		('worth', 86400000)
)
WHERE (`dimension` <> 'open_critical' OR (`status` = 'OPEN' AND `severity` = 'CRITICAL' AND `silenced_by` IS NULL))
	AND (`dimension` NOT IN ('rule', 'worth') OR (`rule_id` IS NOT NULL AND NOT `drill`));--> statement-breakpoint
-- Before a change an event is taken out as it was, after it it is put in as it is.
CREATE TRIGGER `event_counts_before_update` BEFORE UPDATE OF `status`, `severity`, `detected_at`, `series_id`, `silenced_by`, `acknowledged_at`, `confirmed_at`, `resolved_by` ON `events` BEGIN
	INSERT INTO `event_counts` (`dimension`, `span`, `start`, `key`, `events`)
	SELECT `dimension`, `span`, `start`, `key`, -1 FROM `event_keys` WHERE `id` = OLD.`id`
	ON CONFLICT DO UPDATE SET `events` = `events` + excluded.`events`;
END;--> statement-breakpoint
CREATE TRIGGER `event_counts_after_update` AFTER UPDATE OF `status`, `severity`, `detected_at`, `series_id`, `silenced_by`, `acknowledged_at`, `confirmed_at`, `resolved_by` ON `events` BEGIN
	INSERT INTO `event_counts` (`dimension`, `span`, `start`, `key`, `events`)
	SELECT `dimension`, `span`, `start`, `key`, 1 FROM `event_keys` WHERE `id` = NEW.`id`
	ON CONFLICT DO UPDATE SET `events` = `events` + excluded.`events`;
END;
