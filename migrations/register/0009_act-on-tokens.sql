CREATE TABLE `pairKeyRotations` (
	`position` integer PRIMARY KEY NOT NULL,
	`commandId` text NOT NULL,
	`pairKeyId` text NOT NULL,
	`reason` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `tokenActs` (
	`operator` text NOT NULL,
	`p` text NOT NULL,
	`id` text NOT NULL,
	`at` integer NOT NULL,
	`act` text NOT NULL,
	`epoch` integer NOT NULL,
	`generation` integer NOT NULL,
	`leastEpoch` integer NOT NULL,
	`leastGeneration` integer NOT NULL,
	`reason` text,
	`actor` text,
	PRIMARY KEY(`operator`, `p`, `id`)
);
