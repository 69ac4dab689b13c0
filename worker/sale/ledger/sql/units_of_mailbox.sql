-- A part of settle_group: what all accounts of a customer's mailbox hold and have bought of an item,
-- whichever variants of it. The accounts first, as in waiting_of_mailbox.
CREATE OR REPLACE FUNCTION units_of_mailbox(p_customer_id text, p_event_item_id text,
                                            OUT held int, OUT bought int)
LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(taken.quantity) FILTER (WHERE taken.status = 'pending'), 0)::int,
         coalesce(sum(taken.kept) FILTER (WHERE taken.status = 'confirmed'), 0)::int
    FROM users customer
   CROSS JOIN LATERAL (
           SELECT u.id FROM users u
            WHERE mailbox_of(u.email) = mailbox_of(customer.email) OFFSET 0) account
   CROSS JOIN LATERAL (
           SELECT o.quantity, o.quantity - o.units_returned AS kept, o.status FROM orders o
            WHERE o.customer_id = account.id
              AND o.event_item_id = ANY (variants_of(p_event_item_id)) OFFSET 0) taken
   WHERE customer.id = p_customer_id
$$;
