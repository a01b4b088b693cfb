CREATE TABLE `answers` (
	`path` text NOT NULL,
	`key` text NOT NULL,
	`digest` text NOT NULL,
	`answer` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`path`, `key`)
);
--> statement-breakpoint
CREATE INDEX `answers_by_time` ON `answers` (`at`);--> statement-breakpoint
CREATE TABLE `changes` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`event` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `events` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`rule_id` integer,
	`rule_name` text NOT NULL,
	`series_id` integer NOT NULL,
	`last_sample_id` integer NOT NULL,
	`server_id` integer,
	`unit` text,
	`method` text NOT NULL,
	`value` real NOT NULL,
	`score` real NOT NULL,
	`figure` real,
	`lower` real,
	`upper` real,
	`severity` text NOT NULL,
	`status` text NOT NULL,
	`title` text NOT NULL,
	`description` text NOT NULL,
	`detected_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`occurrences` integer NOT NULL,
	`peak_value` real NOT NULL,
	`acknowledged_at` integer,
	`acknowledged_by` text,
	`resolved_at` integer,
	`resolved_by` text,
	`incident_id` integer NOT NULL,
	FOREIGN KEY (`rule_id`) REFERENCES `rules`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`series_id`) REFERENCES `series`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `events_by_time` ON `events` (`detected_at`);--> statement-breakpoint
CREATE INDEX `events_by_rule` ON `events` (`rule_id`,`series_id`,`detected_at`);--> statement-breakpoint
CREATE INDEX `events_by_series` ON `events` (`series_id`);--> statement-breakpoint
CREATE INDEX `events_live` ON `events` (`detected_at`) WHERE status in ('OPEN', 'ACKNOWLEDGED');--> statement-breakpoint
CREATE TABLE `rules` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`revision` integer NOT NULL,
	`name` text NOT NULL,
	`description` text,
	`source` text NOT NULL,
	`metric_type` text NOT NULL,
	`method` text NOT NULL,
	`z_threshold` real NOT NULL,
	`iqr_factor` real NOT NULL,
	`threshold` real,
	`operator` text NOT NULL,
	`min_samples` integer NOT NULL,
	`severity` text,
	`is_active` integer NOT NULL,
	`for_seconds` integer NOT NULL,
	`cooldown_seconds` integer NOT NULL,
	`params` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `rules_by_name` ON `rules` (`name`);--> statement-breakpoint
CREATE TABLE `samples` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`series_id` integer NOT NULL,
	`time` integer NOT NULL,
	`value` real NOT NULL,
	`server_id` integer,
	`unit` text,
	`tags` text,
	`late` integer NOT NULL,
	FOREIGN KEY (`series_id`) REFERENCES `series`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `samples_by_series` ON `samples` (`series_id`,`time`);--> statement-breakpoint
CREATE TABLE `series` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`source` text NOT NULL,
	`metric_type` text NOT NULL,
	`drill` integer NOT NULL,
	`source_folded` text NOT NULL,
	`metric_type_folded` text NOT NULL,
	`unit` text,
	`last_value` real NOT NULL,
	`last_time` integer NOT NULL,
	`last_sample_id` integer NOT NULL,
	`count` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `series_by_name` ON `series` (`source`,`metric_type`,`drill`);--> statement-breakpoint
CREATE TABLE `settings` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `states` (
	`rule_id` integer NOT NULL,
	`series_id` integer NOT NULL,
	`revision` integer NOT NULL,
	`last_sample_id` integer NOT NULL,
	`state` text NOT NULL,
	PRIMARY KEY(`rule_id`, `series_id`),
	FOREIGN KEY (`rule_id`) REFERENCES `rules`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`series_id`) REFERENCES `series`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `states_by_series` ON `states` (`series_id`);--> statement-breakpoint
CREATE TABLE `timeline` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`event_id` integer NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`who` text NOT NULL,
	`comment` text,
	FOREIGN KEY (`event_id`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `timeline_by_event` ON `timeline` (`event_id`);