-- Safe beside the old version: a new column without a value, which it does not read.
ALTER TABLE "payments" ADD COLUMN "looked_at" timestamp (3) with time zone;