ALTER TABLE `blobs` ADD `mirrored` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `publication` ADD `settledAt` integer;