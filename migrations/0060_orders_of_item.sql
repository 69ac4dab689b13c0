-- Safe beside the old version: as orders_listed.
CREATE INDEX "orders_of_item" ON "orders" USING btree ("event_item_id",(CASE WHEN "status" <> 'confirmed' THEN "status" WHEN "sent_at" IS NOT NULL THEN 'sent'
    WHEN "units_returned" < "quantity" THEN 'to_send' ELSE 'returned' END),"reserved_at","id");