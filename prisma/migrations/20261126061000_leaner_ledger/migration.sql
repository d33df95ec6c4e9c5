-- Nothing asks the ledger for an event: events are told apart by event_key, and every row would pay for a place in this index.
DROP INDEX ledger_entry_event;
