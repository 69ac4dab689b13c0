-- Safe beside the old version: a new column without a value, which it neither reads nor writes.
ALTER TABLE "orders" ADD COLUMN "note" text;