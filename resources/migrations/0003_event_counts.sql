CREATE TABLE `event_counts` (
	`dimension` text NOT NULL,
	`span` integer NOT NULL,
	`start` integer NOT NULL,
	`key` text NOT NULL,
	`events` integer NOT NULL,
	PRIMARY KEY(`dimension`, `span`, `start`, `key`)
) WITHOUT ROWID;
--> statement-breakpoint
DROP INDEX `events_live`;--> statement-breakpoint
DROP INDEX `events_by_time`;--> statement-breakpoint
DROP INDEX `events_by_series`;--> statement-breakpoint
CREATE INDEX `events_by_state` ON `events` (`status`,`severity`,`detected_at`,`id`,`series_id`);--> statement-breakpoint
CREATE INDEX `events_by_time` ON `events` (`detected_at`,`id`,`status`,`severity`,`series_id`);--> statement-breakpoint
CREATE INDEX `events_by_series` ON `events` (`series_id`,`detected_at`,`id`,`status`,`severity`);--> statement-breakpoint
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
WHERE `dimension` <> 'open_critical' OR (`status` = 'OPEN' AND `severity` = 'CRITICAL');--> statement-breakpoint
INSERT INTO `event_counts` (`dimension`, `span`, `start`, `key`, `events`)
SELECT `dimension`, `span`, `start`, `key`, count(*) FROM `event_keys` GROUP BY 1, 2, 3, 4;--> statement-breakpoint
CREATE TRIGGER `event_counts_insert` AFTER INSERT ON `events` BEGIN
	INSERT INTO `event_counts` (`dimension`, `span`, `start`, `key`, `events`)
	SELECT `dimension`, `span`, `start`, `key`, 1 FROM `event_keys` WHERE `id` = NEW.`id`
	ON CONFLICT DO UPDATE SET `events` = `events` + excluded.`events`;
END;--> statement-breakpoint
CREATE TRIGGER `event_counts_delete` BEFORE DELETE ON `events` BEGIN
	INSERT INTO `event_counts` (`dimension`, `span`, `start`, `key`, `events`)
	SELECT `dimension`, `span`, `start`, `key`, -1 FROM `event_keys` WHERE `id` = OLD.`id`
	ON CONFLICT DO UPDATE SET `events` = `events` + excluded.`events`;
END;--> statement-breakpoint
-- Before a change an event is taken out as it was, after it it is put in as it is.
CREATE TRIGGER `event_counts_before_update` BEFORE UPDATE OF `status`, `severity`, `detected_at`, `series_id` ON `events` BEGIN
	INSERT INTO `event_counts` (`dimension`, `span`, `start`, `key`, `events`)
	SELECT `dimension`, `span`, `start`, `key`, -1 FROM `event_keys` WHERE `id` = OLD.`id`
	ON CONFLICT DO UPDATE SET `events` = `events` + excluded.`events`;
END;--> statement-breakpoint
CREATE TRIGGER `event_counts_after_update` AFTER UPDATE OF `status`, `severity`, `detected_at`, `series_id` ON `events` BEGIN
	INSERT INTO `event_counts` (`dimension`, `span`, `start`, `key`, `events`)
	SELECT `dimension`, `span`, `start`, `key`, 1 FROM `event_keys` WHERE `id` = NEW.`id`
	ON CONFLICT DO UPDATE SET `events` = `events` + excluded.`events`;
END;--> statement-breakpoint
CREATE TRIGGER `event_counts_gone` AFTER UPDATE ON `event_counts` WHEN NEW.`events` = 0 BEGIN
	DELETE FROM `event_counts`
	WHERE `dimension` = NEW.`dimension` AND `span` = NEW.`span` AND `start` = NEW.`start` AND `key` = NEW.`key`;
END;
