CREATE TABLE `listeners` (
	`operator` text PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE `due` (
	`task` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
);
