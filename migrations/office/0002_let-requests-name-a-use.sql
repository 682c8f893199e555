PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_dataRequests` (
	`id` text PRIMARY KEY NOT NULL,
	`createdAt` integer NOT NULL,
	`createdBy` text NOT NULL,
	`updatedAt` integer NOT NULL,
	`updatedBy` text NOT NULL,
	`version` integer NOT NULL,
	`reference` text NOT NULL,
	`personId` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`subject` text,
	`receivedAt` integer NOT NULL,
	`dueAt` integer NOT NULL,
	`decidedAt` integer,
	`decidedBy` text,
	`reasons` text NOT NULL,
	`completeAt` integer,
	`lookAgainAt` integer,
	CONSTRAINT "dataRequests_kind" CHECK("kind" in ('access', 'rectification', 'portability', 'erasure', 'restriction', 'objection')),
	CONSTRAINT "dataRequests_state" CHECK("state" in ('received', 'in-progress', 'answered', 'refused')),
	CONSTRAINT "dataRequests_subject" CHECK("__new_dataRequests"."subject" is null or "subject" in ('language', 'phone', 'document', 'exclusion', 'other', 'checks', 'evidence', 'messages', 'statistics')),
	CONSTRAINT "dataRequests_decided" CHECK(("__new_dataRequests"."decidedAt" is null) = ("__new_dataRequests"."state" in ('received', 'in-progress')))
);
--> statement-breakpoint
INSERT INTO `__new_dataRequests`("id", "createdAt", "createdBy", "updatedAt", "updatedBy", "version", "reference", "personId", "kind", "state", "subject", "receivedAt", "dueAt", "decidedAt", "decidedBy", "reasons", "completeAt", "lookAgainAt") SELECT "id", "createdAt", "createdBy", "updatedAt", "updatedBy", "version", "reference", "personId", "kind", "state", "subject", "receivedAt", "dueAt", "decidedAt", "decidedBy", "reasons", "completeAt", "lookAgainAt" FROM `dataRequests`;--> statement-breakpoint
DROP TABLE `dataRequests`;--> statement-breakpoint
ALTER TABLE `__new_dataRequests` RENAME TO `dataRequests`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE UNIQUE INDEX `dataRequests_by_reference` ON `dataRequests` (`reference`);--> statement-breakpoint
CREATE INDEX `dataRequests_of_person` ON `dataRequests` (`personId`,`receivedAt`);--> statement-breakpoint
CREATE INDEX `dataRequests_open_by_urgency` ON `dataRequests` (`dueAt`,`id`) WHERE "dataRequests"."decidedAt" is null;--> statement-breakpoint
CREATE INDEX `dataRequests_by_state` ON `dataRequests` (`state`,`dueAt`,`id`);--> statement-breakpoint
CREATE INDEX `dataRequests_to_look_at` ON `dataRequests` (`lookAgainAt`) WHERE "dataRequests"."lookAgainAt" is not null;