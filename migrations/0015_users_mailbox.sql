-- All accounts of one mailbox. In a transaction of its own, so that accounts can be read while the index is
-- built; they cannot be written meanwhile.
CREATE INDEX "users_mailbox" ON "users" USING btree (mailbox_of("email"));
