-- Safe beside the old version: a new table, which nobody reads before the next migration; and pages that are
-- written from now on keep room.
-- Half of a page and a little: where all entries of a draw get their rank, each is written once more.
CREATE TABLE "queue_places" (
	"event_item_id" text NOT NULL,
	"min_quantity" integer NOT NULL,
	"rank" bigint NOT NULL,
	"entry_id" text NOT NULL,
	"quantity" integer NOT NULL,
	"customer_id" text NOT NULL,
	CONSTRAINT "queue_places_event_item_id_min_quantity_rank_entry_id_pk" PRIMARY KEY("event_item_id","min_quantity","rank","entry_id")
);
--> statement-breakpoint
ALTER TABLE "queue_entries" SET (fillfactor = 45);