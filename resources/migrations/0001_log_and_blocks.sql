CREATE TABLE `blocks` (
	`id` integer PRIMARY KEY NOT NULL,
	`series_id` integer NOT NULL,
	`tier` integer NOT NULL,
	`late` integer NOT NULL,
	`first_id` integer NOT NULL,
	`last_id` integer NOT NULL,
	`from_time` integer NOT NULL,
	`to_time` integer NOT NULL,
	`count` integer NOT NULL,
	`minimum` real NOT NULL,
	`maximum` real NOT NULL,
	`total` real NOT NULL,
	`data` blob NOT NULL,
	FOREIGN KEY (`series_id`) REFERENCES `series`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `blocks_by_series` ON `blocks` (`series_id`,`to_time`,`from_time`,`tier`,`count`,`minimum`,`maximum`,`total`);--> statement-breakpoint
CREATE INDEX `blocks_by_time` ON `blocks` (`tier`,`to_time`);--> statement-breakpoint
CREATE TABLE `log` (
	`first_id` integer PRIMARY KEY NOT NULL,
	`last_id` integer NOT NULL,
	`data` blob NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sample_counts` (
	`span` integer NOT NULL,
	`start` integer NOT NULL,
	`samples` integer NOT NULL,
	PRIMARY KEY(`span`, `start`)
) WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE `series` ADD `cold_up_to` integer DEFAULT 0 NOT NULL;