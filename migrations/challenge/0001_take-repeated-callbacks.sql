CREATE TABLE `replies` (
	`messageId` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `codes` ADD `triedBy` text;--> statement-breakpoint
ALTER TABLE `sends` ADD `requestId` text;