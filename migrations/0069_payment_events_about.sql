-- Safe beside the old version: an index of its rows too. In a transaction of its own; events of the provider wait
-- while it is built, and are told again.
CREATE INDEX "payment_events_about" ON "payment_events" USING btree ("about_id");