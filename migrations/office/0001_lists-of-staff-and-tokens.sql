DROP INDEX `accessTokens_of_user`;--> statement-breakpoint
CREATE INDEX `accessTokens_of_user` ON `accessTokens` (`userId`,`id`);--> statement-breakpoint
CREATE INDEX `roleAssignments_of_operator` ON `roleAssignments` (`operator`,`userId`,`role`);