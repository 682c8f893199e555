ALTER TABLE `counts` ADD `entry` text;--> statement-breakpoint
CREATE INDEX `counts_to_enter` ON `counts` (`minute`) WHERE "counts"."entry" is null;