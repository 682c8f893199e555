CREATE TABLE `identityReads` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`role` text NOT NULL,
	`reason` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `identityReads_by_time` ON `identityReads` (`at`);--> statement-breakpoint
CREATE TABLE `shreds` (
	`at` integer PRIMARY KEY NOT NULL
);
