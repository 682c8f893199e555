ALTER TABLE `audit` ADD `outcome` text DEFAULT 'done' NOT NULL;--> statement-breakpoint
ALTER TABLE `audit` ADD `salt` blob;--> statement-breakpoint
ALTER TABLE `audit` ADD `leaf` integer;--> statement-breakpoint
CREATE INDEX `audit_waiting` ON `audit` (`position`) WHERE "audit"."leaf" is null;--> statement-breakpoint
UPDATE `audit` SET `salt` = randomblob(32);
