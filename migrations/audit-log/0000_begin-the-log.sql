CREATE TABLE `published` (
	`id` integer PRIMARY KEY NOT NULL,
	`size` integer NOT NULL,
	`note` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `recent` (
	`place` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `recent_by_id` ON `recent` (`id`);--> statement-breakpoint
CREATE TABLE `spans` (
	`number` integer PRIMARY KEY NOT NULL,
	`least` text NOT NULL,
	`greatest` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `tail` (
	`place` integer PRIMARY KEY NOT NULL,
	`leaf` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `tree` (
	`id` integer PRIMARY KEY NOT NULL,
	`birth` text NOT NULL,
	`size` integer NOT NULL,
	`note` text,
	`halted` text
);
--> statement-breakpoint
CREATE TABLE `uploaded` (
	`id` integer PRIMARY KEY NOT NULL,
	`size` integer NOT NULL,
	`edge` blob NOT NULL
);
--> statement-breakpoint
CREATE TABLE `due` (
	`task` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
);
