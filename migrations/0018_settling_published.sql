-- Whether the event can be found: what is held in one that cannot is still confirmed, cancelled and ended.
ALTER TYPE settling ADD ATTRIBUTE published boolean;
