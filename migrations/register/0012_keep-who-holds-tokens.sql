CREATE TABLE `holdingConsents` (
	`personId` text PRIMARY KEY NOT NULL,
	`since` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `tokenHoldings` (
	`personId` text NOT NULL,
	`operator` text NOT NULL,
	`kind` text NOT NULL,
	`source` text NOT NULL,
	`firstAt` integer NOT NULL,
	`lastAt` integer NOT NULL,
	PRIMARY KEY(`personId`, `operator`, `kind`, `source`)
);
--> statement-breakpoint
CREATE INDEX `crossReferences_by_time` ON `crossReferences` (`at`);