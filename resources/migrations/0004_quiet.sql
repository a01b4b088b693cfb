CREATE TABLE `maintenance_windows` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text NOT NULL,
	`source` text NOT NULL,
	`metric_type` text NOT NULL,
	`rule_id` integer,
	`severity` text,
	`days` text NOT NULL,
	`start` text NOT NULL,
	`minutes` integer NOT NULL,
	`time_zone` text NOT NULL,
	`is_active` integer NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`rule_id`) REFERENCES `rules`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `rule_changes` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`rule_id` integer NOT NULL,
	`at` integer NOT NULL,
	`who` text NOT NULL,
	`reason` text NOT NULL,
	`before` text NOT NULL,
	`after` text NOT NULL,
	`undone_at` integer,
	FOREIGN KEY (`rule_id`) REFERENCES `rules`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `rule_changes_by_rule` ON `rule_changes` (`rule_id`);--> statement-breakpoint
CREATE TABLE `silences` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`source` text NOT NULL,
	`metric_type` text NOT NULL,
	`rule_id` integer,
	`severity` text,
	`from_time` integer NOT NULL,
	`to_time` integer NOT NULL,
	`comment` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`rule_id`) REFERENCES `rules`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `silences_by_end` ON `silences` (`to_time`);--> statement-breakpoint
ALTER TABLE `events` ADD `history_count` integer;--> statement-breakpoint
ALTER TABLE `events` ADD `began_at` integer;--> statement-breakpoint
ALTER TABLE `events` ADD `flapping` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `events` ADD `silenced_by` text;--> statement-breakpoint
ALTER TABLE `events` ADD `silence_id` integer;--> statement-breakpoint
ALTER TABLE `events` ADD `silenced_until` integer;--> statement-breakpoint
CREATE INDEX `events_by_incident` ON `events` (`incident_id`);--> statement-breakpoint
ALTER TABLE `rules` ADD `resolve_seconds` integer DEFAULT 300 NOT NULL;--> statement-breakpoint
ALTER TABLE `rules` ADD `resolve_samples` integer;--> statement-breakpoint
ALTER TABLE `rules` ADD `recovery_score` real DEFAULT 0.4 NOT NULL;