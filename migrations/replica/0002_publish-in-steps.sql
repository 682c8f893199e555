CREATE TABLE `blobs` (
	`hash` text PRIMARY KEY NOT NULL,
	`written` integer NOT NULL,
	`unusedSince` integer
);
--> statement-breakpoint
CREATE TABLE `publication` (
	`id` integer PRIMARY KEY NOT NULL,
	`state` text NOT NULL,
	`sequence` integer NOT NULL,
	`plan` text NOT NULL,
	`manifest` text
);
--> statement-breakpoint
CREATE TABLE `publishedShards` (
	`rootEpoch` integer NOT NULL,
	`shard` integer NOT NULL,
	`hash` text,
	PRIMARY KEY(`rootEpoch`, `shard`)
);
