-- Safe beside the old version: a new table, which it neither reads nor writes.
CREATE TABLE "shop_face" (
	"is_only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"face" jsonb NOT NULL,
	"version" integer NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "shop_face_one_row" CHECK ("shop_face"."is_only"),
	CONSTRAINT "shop_face_version" CHECK ("shop_face"."version" >= 1),
	CONSTRAINT "shop_face_object" CHECK (jsonb_typeof("shop_face"."face") = 'object')
);
