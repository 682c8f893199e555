CREATE TABLE `exclusionStatistics` (
	`day` text NOT NULL,
	`figure` text NOT NULL,
	`dimension` text NOT NULL,
	`value` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`figure`, `dimension`, `day`, `value`),
	CONSTRAINT "exclusionStatistics_figure" CHECK("figure" in ('begun', 'lengthened', 'renewed', 'ending-asked', 'ending-kept', 'ending-lapsed', 'ended', 'annulled', 'dismissed')),
	CONSTRAINT "exclusionStatistics_dimension" CHECK("dimension" in ('all', 'policy', 'origin', 'county', 'channel'))
);
--> statement-breakpoint
CREATE TABLE `exclusionWaits` (
	`day` text NOT NULL,
	`wait` text NOT NULL,
	`hours` integer NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`wait`, `day`, `hours`),
	CONSTRAINT "exclusionWaits_wait" CHECK("wait" in ('end-to-asked', 'asked-to-ended', 'asked-to-kept'))
);
--> statement-breakpoint
CREATE TABLE `exclusionsInForce` (
	`day` text NOT NULL,
	`policy` text NOT NULL,
	`origin` text NOT NULL,
	`change` integer NOT NULL,
	PRIMARY KEY(`day`, `policy`, `origin`)
);
--> statement-breakpoint
CREATE TABLE `replicaStaleness` (
	`hour` integer NOT NULL,
	`replica` text NOT NULL,
	`minutes` text NOT NULL,
	`samples` integer NOT NULL,
	`medianMs` integer,
	`p95Ms` integer,
	`worstMs` integer,
	PRIMARY KEY(`hour`, `replica`)
);
--> statement-breakpoint
CREATE TABLE `statisticsProgress` (
	`one` integer PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`generation` integer NOT NULL,
	`position` integer NOT NULL,
	`recountFrom` text,
	`asOf` integer,
	CONSTRAINT "statisticsProgress_one" CHECK("statisticsProgress"."one" = 1)
);
--> statement-breakpoint
CREATE TABLE `statisticsRuns` (
	`id` text PRIMARY KEY NOT NULL,
	`startedAt` integer NOT NULL,
	`finishedAt` integer,
	`processed` integer NOT NULL,
	`failed` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `exclusionChanges_by_time` ON `exclusionChanges` (`at`,`id`);--> statement-breakpoint
CREATE INDEX `exclusionChanges_by_position` ON `exclusionChanges` (`position`);--> statement-breakpoint
CREATE INDEX `exclusions_by_promised_end` ON `exclusions` (`endsAt`,`endedAt`);