CREATE TABLE `advanced` (
	`p` blob PRIMARY KEY NOT NULL,
	`next` blob NOT NULL
);
--> statement-breakpoint
CREATE INDEX `advanced_by_next` ON `advanced` (`next`);--> statement-breakpoint
CREATE TABLE `roots` (
	`to` integer PRIMARY KEY NOT NULL,
	`from` integer NOT NULL,
	`state` text NOT NULL,
	`cursor` blob NOT NULL,
	`passed` integer DEFAULT 0 NOT NULL,
	`begunAt` integer NOT NULL,
	`overlappingAt` integer,
	`retiringAt` integer,
	`rekeyedAt` integer,
	`doneAt` integer
);
