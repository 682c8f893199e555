CREATE TABLE `ceremonies` (
	`id` text PRIMARY KEY NOT NULL,
	`userId` text,
	`kind` text NOT NULL,
	`challenge` text NOT NULL,
	`expiresAt` integer NOT NULL,
	`usedAt` integer,
	FOREIGN KEY (`userId`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "ceremonies_kind" CHECK("kind" in ('register', 'sign-in', 'prove'))
);
--> statement-breakpoint
CREATE INDEX `ceremonies_by_expiry` ON `ceremonies` (`expiresAt`);--> statement-breakpoint
CREATE TABLE `passkeys` (
	`id` text PRIMARY KEY NOT NULL,
	`userId` text NOT NULL,
	`credentialId` text NOT NULL,
	`publicKey` blob NOT NULL,
	`counter` integer NOT NULL,
	`transports` text NOT NULL,
	`label` text NOT NULL,
	`createdAt` integer NOT NULL,
	`usedAt` integer,
	FOREIGN KEY (`userId`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `passkeys_by_credential` ON `passkeys` (`credentialId`);--> statement-breakpoint
CREATE INDEX `passkeys_of_user` ON `passkeys` (`userId`,`createdAt`);--> statement-breakpoint
CREATE TABLE `recoveryCodes` (
	`id` text PRIMARY KEY NOT NULL,
	`userId` text NOT NULL,
	`hash` text NOT NULL,
	`createdAt` integer NOT NULL,
	`usedAt` integer,
	FOREIGN KEY (`userId`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `recoveryCodes_of_user` ON `recoveryCodes` (`userId`,`hash`);--> statement-breakpoint
CREATE TABLE `totps` (
	`id` text PRIMARY KEY NOT NULL,
	`userId` text NOT NULL,
	`sessionId` text NOT NULL,
	`sealedSecret` blob NOT NULL,
	`createdAt` integer NOT NULL,
	`confirmedAt` integer,
	`lastStep` integer NOT NULL,
	FOREIGN KEY (`userId`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `totps_of_user` ON `totps` (`userId`,("confirmedAt" is not null));--> statement-breakpoint
CREATE TABLE `oauthClients` (
	`id` text PRIMARY KEY NOT NULL,
	`createdAt` integer NOT NULL,
	`createdBy` text NOT NULL,
	`updatedAt` integer NOT NULL,
	`updatedBy` text NOT NULL,
	`version` integer NOT NULL,
	`name` text NOT NULL,
	`state` text NOT NULL,
	`secretHash` text,
	`redirectUris` text NOT NULL,
	`scopes` text NOT NULL,
	`grants` text NOT NULL,
	`operator` text,
	CONSTRAINT "oauthClients_state" CHECK("state" in ('active', 'suspended'))
);
--> statement-breakpoint
CREATE TABLE `oauthCodes` (
	`hash` text PRIMARY KEY NOT NULL,
	`clientId` text NOT NULL,
	`userId` text NOT NULL,
	`redirectUri` text NOT NULL,
	`scopes` text NOT NULL,
	`challenge` text NOT NULL,
	`familyId` text NOT NULL,
	`expiresAt` integer NOT NULL,
	`usedAt` integer,
	FOREIGN KEY (`clientId`) REFERENCES `oauthClients`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`userId`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `oauthCodes_by_expiry` ON `oauthCodes` (`expiresAt`);--> statement-breakpoint
CREATE TABLE `oauthConsents` (
	`userId` text NOT NULL,
	`clientId` text NOT NULL,
	`scopes` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`userId`, `clientId`),
	FOREIGN KEY (`userId`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`clientId`) REFERENCES `oauthClients`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `oauthFamilies` (
	`id` text PRIMARY KEY NOT NULL,
	`clientId` text NOT NULL,
	`userId` text NOT NULL,
	`scopes` text NOT NULL,
	`generation` integer NOT NULL,
	`createdAt` integer NOT NULL,
	`rotatedAt` integer NOT NULL,
	`expiresAt` integer NOT NULL,
	`endedAt` integer,
	`ending` text,
	FOREIGN KEY (`clientId`) REFERENCES `oauthClients`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`userId`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "oauthFamilies_ending" CHECK("ending" in ('revoked', 'refresh-reused', 'code-replayed', 'role-given', 'password-changed', 'locked')),
	CONSTRAINT "oauthFamilies_ended" CHECK(("oauthFamilies"."endedAt" is null) = ("oauthFamilies"."ending" is null))
);
--> statement-breakpoint
CREATE INDEX `oauthFamilies_of_user` ON `oauthFamilies` (`userId`) WHERE "oauthFamilies"."endedAt" is null;--> statement-breakpoint
CREATE TABLE `passwordLinks` (
	`id` text PRIMARY KEY NOT NULL,
	`userId` text NOT NULL,
	`kind` text NOT NULL,
	`reason` text,
	`hash` text NOT NULL,
	`createdAt` integer NOT NULL,
	`createdBy` text NOT NULL,
	`expiresAt` integer NOT NULL,
	`usedAt` integer,
	FOREIGN KEY (`userId`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "passwordLinks_kind" CHECK("kind" in ('reset', 'activation')),
	CONSTRAINT "passwordLinks_reason" CHECK("reason" in ('no-password', 'lost-factors')),
	CONSTRAINT "passwordLinks_reasoned" CHECK(("passwordLinks"."kind" = 'activation') = ("passwordLinks"."reason" is not null))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `passwordLinks_by_hash` ON `passwordLinks` (`hash`);--> statement-breakpoint
CREATE INDEX `passwordLinks_of_user` ON `passwordLinks` (`userId`) WHERE "passwordLinks"."usedAt" is null;--> statement-breakpoint
CREATE TABLE `passwords` (
	`userId` text PRIMARY KEY NOT NULL,
	`sealedHash` blob NOT NULL,
	`changedAt` integer NOT NULL,
	FOREIGN KEY (`userId`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `devices` (
	`id` text PRIMARY KEY NOT NULL,
	`userId` text NOT NULL,
	`hash` text,
	`firstSeenAt` integer NOT NULL,
	`lastSeenAt` integer NOT NULL,
	`signIns` integer NOT NULL,
	`network` text,
	`agent` text,
	`country` text,
	`county` text,
	`trustedAt` integer,
	`blockedAt` integer,
	FOREIGN KEY (`userId`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `devices_by_hash` ON `devices` (`userId`,`hash`);--> statement-breakpoint
CREATE INDEX `devices_of_user` ON `devices` (`userId`,`lastSeenAt`,`id`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`userId` text NOT NULL,
	`deviceId` text NOT NULL,
	`hash` text NOT NULL,
	`stage` text NOT NULL,
	`first` text NOT NULL,
	`second` text,
	`createdAt` integer NOT NULL,
	`provenAt` integer NOT NULL,
	`seenAt` integer NOT NULL,
	`expiresAt` integer NOT NULL,
	`endedAt` integer,
	`ending` text,
	`network` text,
	`agent` text,
	`country` text,
	`county` text,
	FOREIGN KEY (`userId`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`deviceId`) REFERENCES `devices`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "sessions_stage" CHECK("stage" in ('second-factor', 'enrolment', 'full')),
	CONSTRAINT "sessions_first" CHECK("first" in ('password', 'passkey')),
	CONSTRAINT "sessions_second" CHECK("second" in ('totp', 'recovery-code', 'passkey')),
	CONSTRAINT "sessions_ending" CHECK("ending" in ('signed-out', 'ended', 'all-ended', 'went-on', 'password-changed', 'device-blocked', 'locked')),
	CONSTRAINT "sessions_ended" CHECK(("sessions"."endedAt" is null) = ("sessions"."ending" is null))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_by_hash` ON `sessions` (`hash`);--> statement-breakpoint
CREATE INDEX `sessions_of_user` ON `sessions` (`userId`,`createdAt`,`id`) WHERE "sessions"."endedAt" is null;--> statement-breakpoint
CREATE INDEX `sessions_of_device` ON `sessions` (`deviceId`) WHERE "sessions"."endedAt" is null;--> statement-breakpoint
CREATE TABLE `attempts` (
	`key` text PRIMARY KEY NOT NULL,
	`failures` integer NOT NULL,
	`forgottenAt` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `signIns` (
	`id` text PRIMARY KEY NOT NULL,
	`userId` text NOT NULL,
	`at` integer NOT NULL,
	`method` text NOT NULL,
	`outcome` text NOT NULL,
	`reasons` text NOT NULL,
	`deviceId` text,
	`network` text,
	`agent` text,
	`country` text,
	`county` text,
	FOREIGN KEY (`userId`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`deviceId`) REFERENCES `devices`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "signIns_method" CHECK("method" in ('password', 'totp', 'recovery-code', 'passkey')),
	CONSTRAINT "signIns_outcome" CHECK("outcome" in ('succeeded', 'second-factor-due', 'wrong', 'locked', 'blocked-device', 'suspended')),
	CONSTRAINT "signIns_reasons" CHECK(json_valid("signIns"."reasons"))
);
--> statement-breakpoint
CREATE INDEX `signIns_of_user` ON `signIns` (`userId`,`at`,`id`);--> statement-breakpoint
CREATE TABLE `identityVerifications` (
	`id` text PRIMARY KEY NOT NULL,
	`userId` text NOT NULL,
	`method` text NOT NULL,
	`verdict` text NOT NULL,
	`reason` text NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	FOREIGN KEY (`userId`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "identityVerifications_method" CHECK("method" in ('national_id', 'passport', 'alien_id', 'refugee_id', 'military_id')),
	CONSTRAINT "identityVerifications_verdict" CHECK("verdict" in ('verified', 'revoked')),
	CONSTRAINT "identityVerifications_reason" CHECK("reason" in ('seen-in-person', 'seen-by-video', 'certified-copy', 'mistaken', 'document-doubted', 'name-changed'))
);
--> statement-breakpoint
CREATE INDEX `identityVerifications_of_user` ON `identityVerifications` (`userId`,`at`,`id`);--> statement-breakpoint
ALTER TABLE `users` ADD `lockedAt` integer;--> statement-breakpoint
ALTER TABLE `users` ADD `lockedBy` text;--> statement-breakpoint
ALTER TABLE `users` ADD `lockReason` text;--> statement-breakpoint
ALTER TABLE `users` ADD `phoneKey` text;--> statement-breakpoint
ALTER TABLE `users` ADD `phoneProvenAt` integer;--> statement-breakpoint
CREATE UNIQUE INDEX `users_by_phone` ON `users` (`phoneKey`) WHERE "users"."phoneKey" is not null;