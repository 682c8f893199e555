CREATE TABLE `consents` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`text` text NOT NULL,
	`version` integer NOT NULL,
	`locale` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `endedVisits` (
	`id` text PRIMARY KEY NOT NULL,
	`over` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `identifierEvidence` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`identifier` integer NOT NULL,
	`evidence` text NOT NULL,
	`at` integer NOT NULL,
	`provisionalUntil` integer
);
--> statement-breakpoint
CREATE TABLE `records` (
	`record` text NOT NULL,
	`version` integer NOT NULL,
	`sealed` blob,
	`at` integer NOT NULL,
	PRIMARY KEY(`record`, `version`)
);
--> statement-breakpoint
ALTER TABLE `notices` ADD `readAt` integer;