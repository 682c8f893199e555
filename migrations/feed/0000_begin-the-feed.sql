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
--> statement-breakpoint
CREATE TABLE `deliveries` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`endpoint` text NOT NULL,
	`what` text NOT NULL,
	`webhookId` text NOT NULL,
	`first` integer,
	`last` integer,
	`at` integer NOT NULL,
	`durationMs` integer NOT NULL,
	`outcome` text NOT NULL,
	`status` integer,
	`excerpt` text
);
--> statement-breakpoint
CREATE INDEX `deliveries_by_endpoint` ON `deliveries` (`endpoint`,`id`);--> statement-breakpoint
CREATE INDEX `deliveries_by_at` ON `deliveries` (`at`);--> statement-breakpoint
CREATE INDEX `deliveries_by_last` ON `deliveries` (`endpoint`,`outcome`,`last`);--> statement-breakpoint
CREATE TABLE `digests` (
	`day` text PRIMARY KEY NOT NULL,
	`first` integer,
	`last` integer,
	`count` integer NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `endpoints` (
	`id` text PRIMARY KEY NOT NULL,
	`url` text NOT NULL,
	`description` text NOT NULL,
	`state` text NOT NULL,
	`disabledWhy` text,
	`cursor` integer NOT NULL,
	`sending` integer,
	`failures` integer DEFAULT 0 NOT NULL,
	`nextAt` integer,
	`escalatedAt` integer,
	`receivedAt` integer,
	`secret` blob NOT NULL,
	`oldSecret` blob,
	`oldSecretUntil` integer,
	`createdAt` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE INDEX `endpoints_by_next` ON `endpoints` (`nextAt`);--> statement-breakpoint
CREATE TABLE `events` (
	`sequence` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`type` text NOT NULL,
	`rootEpoch` integer,
	`p` blob,
	`kind` text,
	`epoch` integer,
	`generation` integer
);
--> statement-breakpoint
CREATE INDEX `events_by_p` ON `events` (`p`);--> statement-breakpoint
CREATE INDEX `events_by_at` ON `events` (`at`);--> statement-breakpoint
CREATE TABLE `position` (
	`id` integer PRIMARY KEY NOT NULL,
	`feedId` text NOT NULL,
	`begunOn` text NOT NULL,
	`logId` text NOT NULL,
	`seq` integer NOT NULL,
	`t` integer NOT NULL,
	`head` integer DEFAULT 0 NOT NULL,
	`from` integer DEFAULT 1 NOT NULL,
	`requiredKinds` text
);
--> statement-breakpoint
CREATE TABLE `pulls` (
	`last` integer PRIMARY KEY NOT NULL,
	`first` integer NOT NULL,
	`at` integer NOT NULL
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
	`actor` text,
	`outcome` text DEFAULT 'done' NOT NULL,
	`salt` blob,
	`leaf` integer
);
--> statement-breakpoint
CREATE INDEX `audit_waiting` ON `audit` (`position`) WHERE "audit"."leaf" is null;--> statement-breakpoint
CREATE TABLE `commands` (
	`id` text PRIMARY KEY NOT NULL,
	`fingerprint` text NOT NULL,
	`result` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `due` (
	`task` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
);
