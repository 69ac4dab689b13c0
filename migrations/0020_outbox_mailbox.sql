-- By what mails with a link are counted. The version before this one writes neither, so the index is empty
-- when it is built.
ALTER TABLE "outbox" ADD COLUMN "mailbox_key" text;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "asker_key" text;--> statement-breakpoint
CREATE INDEX "outbox_mailbox" ON "outbox" USING btree ("mailbox_key","created_at") WHERE "outbox"."mailbox_key" IS NOT NULL;