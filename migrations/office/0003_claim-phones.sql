CREATE TABLE `phoneClaims` (
	`id` text PRIMARY KEY NOT NULL,
	`createdAt` integer NOT NULL,
	`createdBy` text NOT NULL,
	`updatedAt` integer NOT NULL,
	`updatedBy` text NOT NULL,
	`version` integer NOT NULL,
	`reference` text NOT NULL,
	`state` text NOT NULL,
	`concern` text NOT NULL,
	`resembles` integer NOT NULL,
	`box` blob,
	`decidedAt` integer,
	`decidedBy` text,
	`reason` text,
	CONSTRAINT "phoneClaims_state" CHECK("state" in ('open', 'released', 'refused', 'kept')),
	CONSTRAINT "phoneClaims_concern" CHECK("concern" in ('registry-unavailable', 'no-document', 'proven-lately')),
	CONSTRAINT "phoneClaims_decided" CHECK(("phoneClaims"."decidedAt" is null) = ("phoneClaims"."state" = 'open'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `phoneClaims_by_reference` ON `phoneClaims` (`reference`);--> statement-breakpoint
CREATE INDEX `phoneClaims_open_by_age` ON `phoneClaims` (`createdAt`,`id`) WHERE "phoneClaims"."decidedAt" is null;--> statement-breakpoint
CREATE INDEX `phoneClaims_by_state` ON `phoneClaims` (`state`,`createdAt`,`id`);