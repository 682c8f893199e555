CREATE TABLE `salvaged` (
	`p` blob PRIMARY KEY NOT NULL,
	`logId` text NOT NULL,
	`seq` integer NOT NULL,
	`t` integer NOT NULL,
	`rootEpoch` integer NOT NULL,
	`salvagedAt` integer NOT NULL
);
