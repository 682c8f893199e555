CREATE TABLE `verifications` (
	`id` text PRIMARY KEY NOT NULL,
	`identifier` integer NOT NULL,
	`verdict` text NOT NULL,
	`sealed` blob NOT NULL,
	`at` integer NOT NULL,
	`settledAt` integer
);
--> statement-breakpoint
ALTER TABLE `identifiers` ADD `releasedAt` integer;