CREATE TABLE `notices` (
	`id` text PRIMARY KEY NOT NULL,
	`notice` text NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`nextAt` integer,
	`createdAt` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `accepted` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `identifiers` (
	`position` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`sealed` blob NOT NULL,
	`addedAt` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `vault` (
	`personId` text PRIMARY KEY NOT NULL,
	`dataKey` blob NOT NULL,
	`locale` text NOT NULL,
	`localeAt` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `due` (
	`task` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
);
