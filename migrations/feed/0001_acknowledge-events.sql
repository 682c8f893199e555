CREATE TABLE `acknowledgements` (
	`sequence` integer NOT NULL,
	`state` text NOT NULL,
	`at` integer NOT NULL,
	`saidAt` integer NOT NULL,
	PRIMARY KEY(`sequence`, `state`)
);
--> statement-breakpoint
CREATE TABLE `customers` (
	`sequence` integer PRIMARY KEY NOT NULL,
	`begunAt` integer NOT NULL,
	`rootEpoch` integer NOT NULL,
	`p` blob NOT NULL,
	`owing` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `customers_by_pseudonym` ON `customers` (`p`,`sequence`);--> statement-breakpoint
CREATE INDEX `customers_by_time` ON `customers` (`begunAt`);--> statement-breakpoint
CREATE INDEX `customers_owing` ON `customers` (`begunAt`) WHERE "customers"."owing" = 1;--> statement-breakpoint
CREATE TABLE `handled` (
	`through` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `receipts` (
	`last` integer PRIMARY KEY NOT NULL,
	`first` integer NOT NULL,
	`at` integer NOT NULL
);
