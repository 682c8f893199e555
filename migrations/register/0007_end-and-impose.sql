DROP INDEX `one_active_exclusion_a_person`;--> statement-breakpoint
DROP INDEX `exclusions_that_end`;--> statement-breakpoint
ALTER TABLE `exclusions` ADD `origin` text DEFAULT 'self' NOT NULL;--> statement-breakpoint
ALTER TABLE `exclusions` ADD `caseReference` text;--> statement-breakpoint
ALTER TABLE `exclusions` ADD `county` text;--> statement-breakpoint
ALTER TABLE `exclusions` ADD `reviewGrantedAt` integer;--> statement-breakpoint
ALTER TABLE `exclusions` ADD `endableFrom` integer;--> statement-breakpoint
ALTER TABLE `exclusions` ADD `endingLapsesAt` integer;--> statement-breakpoint
ALTER TABLE `exclusions` ADD `measureUntil` integer;--> statement-breakpoint
ALTER TABLE `exclusions` ADD `annulsAt` integer;--> statement-breakpoint
ALTER TABLE `exclusions` ADD `renewsAt` integer;--> statement-breakpoint
ALTER TABLE `exclusions` ADD `renewals` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `exclusions` ADD `remindedAt` integer;--> statement-breakpoint
ALTER TABLE `exclusions` ADD `wakesAt` integer DEFAULT 1;--> statement-breakpoint
CREATE UNIQUE INDEX `one_own_exclusion_in_force` ON `exclusions` (`personId`) WHERE "exclusions"."origin" = 'self' and "exclusions"."state" in ('active', 'ending', 'provisional', 'annulling');--> statement-breakpoint
CREATE UNIQUE INDEX `one_exclusion_a_case` ON `exclusions` (`caseReference`) WHERE "exclusions"."caseReference" is not null;--> statement-breakpoint
CREATE INDEX `exclusions_that_wake` ON `exclusions` (`wakesAt`) WHERE "exclusions"."wakesAt" is not null;--> statement-breakpoint
UPDATE `exclusions` SET `renewsAt` = `reviewAt` WHERE `policy` = 'permanent';--> statement-breakpoint
DELETE FROM `due` WHERE `task` = 'ends';--> statement-breakpoint
INSERT OR REPLACE INTO `due` (`task`, `at`) SELECT 'wake', 1 WHERE EXISTS (SELECT 1 FROM `exclusions`);