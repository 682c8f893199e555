CREATE TABLE `canaryMeetings` (
	`id` text PRIMARY KEY NOT NULL,
	`canary` text NOT NULL,
	`how` text NOT NULL,
	`purpose` text,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `exhaustedDays` (
	`day` integer PRIMARY KEY NOT NULL,
	`times` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `quarantines` (
	`id` text PRIMARY KEY NOT NULL,
	`rule` text NOT NULL,
	`reason` text NOT NULL,
	`evidence` text NOT NULL,
	`since` integer NOT NULL,
	`by` text NOT NULL,
	`liftedAt` integer,
	`told` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `tokenCounts` (
	`day` integer NOT NULL,
	`act` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`day`, `act`)
);
--> statement-breakpoint
CREATE TABLE `tokenDays` (
	`day` integer PRIMARY KEY NOT NULL,
	`salt` blob NOT NULL,
	`oneIn` integer NOT NULL,
	`identifiers` blob NOT NULL,
	`blocks` blob NOT NULL,
	`longestRun` integer NOT NULL,
	`tokenised` integer NOT NULL,
	`excluded` integer NOT NULL,
	`warned` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `tokenSpent` (
	`door` text PRIMARY KEY NOT NULL,
	`day` integer NOT NULL,
	`today` integer NOT NULL,
	`beyond` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `audit` (
	`position` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`action` text NOT NULL,
	`resource` text NOT NULL,
	`channel` text NOT NULL,
	`at` integer NOT NULL,
	`commandId` text,
	`payload` text NOT NULL,
	`actor` text
);
