CREATE TABLE `messages` (
	`id` text PRIMARY KEY NOT NULL,
	`topic` text NOT NULL,
	`payload` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `statements` (
	`reference` text PRIMARY KEY NOT NULL,
	`sealed` blob NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `chain` (
	`id` integer PRIMARY KEY NOT NULL,
	`number` integer NOT NULL,
	`hash` text NOT NULL,
	`waitingSince` integer,
	`copied` integer
);
--> statement-breakpoint
CREATE TABLE `copying` (
	`id` integer PRIMARY KEY NOT NULL,
	`number` integer NOT NULL,
	`parts` integer NOT NULL,
	`last` text NOT NULL,
	`tab` text NOT NULL,
	`after` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `journal` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`tab` text NOT NULL,
	`row` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `one_entry_a_row` ON `journal` (`tab`,`row`);--> statement-breakpoint
CREATE TABLE `outgoing` (
	`id` integer PRIMARY KEY NOT NULL,
	`number` integer NOT NULL,
	`body` blob NOT NULL,
	`upTo` integer NOT NULL,
	`sealedAt` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `restoration` (
	`id` integer PRIMARY KEY NOT NULL,
	`state` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `stranded` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`tab` text NOT NULL,
	`columns` text NOT NULL,
	`rows` text NOT NULL
);
