-- Safe beside the old version: a new column with a default, which it neither reads nor writes.
ALTER TABLE "events" ADD COLUMN "report_public" boolean DEFAULT false NOT NULL;