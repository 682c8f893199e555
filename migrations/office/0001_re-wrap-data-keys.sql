CREATE TABLE `rewraps` (
	`id` text PRIMARY KEY NOT NULL,
	`createdAt` integer NOT NULL,
	`createdBy` text NOT NULL,
	`updatedAt` integer NOT NULL,
	`updatedBy` text NOT NULL,
	`version` integer NOT NULL,
	`keyId` text NOT NULL,
	`next` text,
	`tally` text NOT NULL,
	`finishedAt` integer
);
