CREATE TABLE `due` (
	`task` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `directory` (
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`body` text NOT NULL,
	PRIMARY KEY(`kind`, `name`)
);
--> statement-breakpoint
CREATE TABLE `log` (
	`seq` integer PRIMARY KEY NOT NULL,
	`t` integer NOT NULL,
	`type` text NOT NULL,
	`rootEpoch` integer,
	`p` blob,
	`body` text
);
--> statement-breakpoint
CREATE TABLE `members` (
	`rootEpoch` integer NOT NULL,
	`p` blob NOT NULL,
	PRIMARY KEY(`rootEpoch`, `p`)
);
--> statement-breakpoint
CREATE TABLE `position` (
	`id` integer PRIMARY KEY NOT NULL,
	`logId` text NOT NULL,
	`seq` integer NOT NULL,
	`t` integer NOT NULL,
	`manifest` text
);
--> statement-breakpoint
CREATE TABLE `publication` (
	`id` integer PRIMARY KEY NOT NULL,
	`manifest` text NOT NULL,
	`shards` text NOT NULL
);
