-- Safe beside the old version: an attribute that it does not know is null in its rows.
-- Whether the event's orders are paid online, and whether rows about payments were written into the outbox.
ALTER TYPE settling ADD ATTRIBUTE pay_online boolean, ADD ATTRIBUTE has_payment_rows boolean;
