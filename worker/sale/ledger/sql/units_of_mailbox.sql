-- A part of settle_group: what all accounts of a customer's mailbox hold and have bought of an item,
-- whichever variants of it.
CREATE OR REPLACE FUNCTION units_of_mailbox(p_customer_id text, p_event_item_id text,
                                            OUT held int, OUT bought int)
LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(o.quantity) FILTER (WHERE o.status = 'pending'), 0)::int,
         coalesce(sum(o.quantity) FILTER (WHERE o.status = 'confirmed'), 0)::int
    FROM users customer
    JOIN users account ON mailbox_of(account.email) = mailbox_of(customer.email)
    JOIN event_items wanted ON wanted.id = p_event_item_id
    JOIN event_items i ON i.event_id = wanted.event_id AND i.item_id = wanted.item_id
    JOIN orders o ON o.customer_id = account.id AND o.event_item_id = i.id
   WHERE customer.id = p_customer_id
$$;
