CREATE INDEX `events_by_silenced` ON `events` (`status`,`severity`,`detected_at`,`id`,`series_id`,`silenced_by`) WHERE `silenced_by` IS NOT NULL;--> statement-breakpoint
-- What is silenced is no open critical. No event is silenced yet, so the counters are right as they stand.
DROP TRIGGER `event_counts_before_update`;--> statement-breakpoint
DROP TRIGGER `event_counts_after_update`;--> statement-breakpoint
DROP VIEW `event_keys`;--> statement-breakpoint
-- What an event counts for: one row for each dimension that has a key for it, and for each span.
CREATE VIEW `event_keys` AS
SELECT `events`.`id`, `detected_at`, `dimension`, `span`, `detected_at` - `detected_at` % `span` AS `start`,
	CASE `dimension`
		WHEN 'status' THEN `status`
		WHEN 'severity' THEN `severity`
		WHEN 'metric_type' THEN `metric_type`
		ELSE iif(`drill`, 'drill', 'real')
	END AS `key`
FROM `events`
CROSS JOIN `series` ON `series`.`id` = `series_id`
CROSS JOIN (SELECT 'status' AS `dimension` UNION ALL VALUES ('severity'), ('metric_type'), ('open_critical'))
CROSS JOIN (SELECT 900000 AS `span` UNION ALL VALUES (86400000))
WHERE `dimension` <> 'open_critical' OR (`status` = 'OPEN' AND `severity` = 'CRITICAL' AND `silenced_by` IS NULL);--> statement-breakpoint
-- Before a change an event is taken out as it was, after it it is put in as it is.
CREATE TRIGGER `event_counts_before_update` BEFORE UPDATE OF `status`, `severity`, `detected_at`, `series_id`, `silenced_by` ON `events` BEGIN
	INSERT INTO `event_counts` (`dimension`, `span`, `start`, `key`, `events`)
	SELECT `dimension`, `span`, `start`, `key`, -1 FROM `event_keys` WHERE `id` = OLD.`id`
	ON CONFLICT DO UPDATE SET `events` = `events` + excluded.`events`;
END;--> statement-breakpoint
CREATE TRIGGER `event_counts_after_update` AFTER UPDATE OF `status`, `severity`, `detected_at`, `series_id`, `silenced_by` ON `events` BEGIN
	INSERT INTO `event_counts` (`dimension`, `span`, `start`, `key`, `events`)
	SELECT `dimension`, `span`, `start`, `key`, 1 FROM `event_keys` WHERE `id` = NEW.`id`
	ON CONFLICT DO UPDATE SET `events` = `events` + excluded.`events`;
END;
