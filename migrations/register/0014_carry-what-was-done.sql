ALTER TABLE `crossReferences` ADD `mark` blob;--> statement-breakpoint
CREATE INDEX `tokenActs_by_pseudonym` ON `tokenActs` (`p`);--> statement-breakpoint
CREATE INDEX `tokenActs_by_time` ON `tokenActs` (`at`);