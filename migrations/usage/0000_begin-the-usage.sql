CREATE TABLE `counts` (
	`minute` integer NOT NULL,
	`purpose` text NOT NULL,
	`count` integer NOT NULL,
	`root` blob NOT NULL,
	`isolate` text NOT NULL,
	`batch` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `counts_by_minute` ON `counts` (`minute`);--> statement-breakpoint
CREATE TABLE `dropped` (
	`hour` integer PRIMARY KEY NOT NULL,
	`answers` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `gaps` (
	`isolate` text NOT NULL,
	`first` integer NOT NULL,
	`last` integer NOT NULL,
	`seenAt` integer NOT NULL,
	PRIMARY KEY(`isolate`, `first`)
);
--> statement-breakpoint
CREATE INDEX `gaps_by_age` ON `gaps` (`seenAt`);--> statement-breakpoint
CREATE TABLE `hours` (
	`hour` integer NOT NULL,
	`purpose` text NOT NULL,
	`clear` integer NOT NULL,
	`found` integer NOT NULL,
	PRIMARY KEY(`hour`, `purpose`)
);
--> statement-breakpoint
CREATE TABLE `isolates` (
	`isolate` text PRIMARY KEY NOT NULL,
	`newest` integer NOT NULL,
	`heardAt` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `isolates_by_age` ON `isolates` (`heardAt`);--> statement-breakpoint
CREATE TABLE `spent` (
	`day` integer NOT NULL,
	`keyId` text NOT NULL,
	`checks` integer NOT NULL,
	PRIMARY KEY(`day`, `keyId`)
);
--> statement-breakpoint
CREATE TABLE `due` (
	`task` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
);
