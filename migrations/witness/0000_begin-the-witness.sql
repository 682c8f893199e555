CREATE TABLE `cosigned` (
	`id` integer PRIMARY KEY NOT NULL,
	`size` text NOT NULL,
	`root` blob NOT NULL,
	`note` text NOT NULL,
	`time` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `forks` (
	`size` text NOT NULL,
	`root` blob NOT NULL,
	`cosigned` text NOT NULL,
	`refused` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`size`, `root`)
);
