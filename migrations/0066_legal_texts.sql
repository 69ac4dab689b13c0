-- Safe beside the old version: a new table, which it neither reads nor writes.
CREATE TABLE "legal_texts" (
	"page" text NOT NULL,
	"language" text NOT NULL,
	"text" text,
	"version" integer NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "legal_texts_page_language_pk" PRIMARY KEY("page","language"),
	CONSTRAINT "legal_texts_length" CHECK (char_length("legal_texts"."text") BETWEEN 1 AND 60000),
	CONSTRAINT "legal_texts_version" CHECK ("legal_texts"."version" >= 1)
);
