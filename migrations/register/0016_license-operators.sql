ALTER TABLE `operators` ADD `licensedUntil` integer;--> statement-breakpoint
ALTER TABLE `operators` ADD `licenceRevision` integer DEFAULT 0 NOT NULL;