-- Safe beside the old version: its next settlement locks such a draw again, by the functions of now.
-- Draws that were locked before chains were kept and are not drawn: without a chain nobody in them would have a rank.
DELETE FROM "draws" WHERE "drawn_at" IS NULL AND "entry_count" > 0
  AND NOT EXISTS (SELECT FROM "draw_proofs" p WHERE p."event_id" = "draws"."event_id");
