CREATE TABLE `codes` (
	`formId` text PRIMARY KEY NOT NULL,
	`salt` blob NOT NULL,
	`digest` blob NOT NULL,
	`expiresAt` integer NOT NULL,
	`triesLeft` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sends` (
	`position` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`formId` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `due` (
	`task` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
);
