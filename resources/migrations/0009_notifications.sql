CREATE TABLE `notifications` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`incident_id` integer NOT NULL,
	`event_id` integer NOT NULL,
	`reason` text NOT NULL,
	`severity` text NOT NULL,
	`title` text NOT NULL,
	`events` integer NOT NULL,
	`sources` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `notifications_by_time` ON `notifications` (`at`);--> statement-breakpoint
CREATE INDEX `notifications_by_incident` ON `notifications` (`incident_id`,`at`);