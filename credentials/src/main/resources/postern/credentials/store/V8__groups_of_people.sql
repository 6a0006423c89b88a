-- Which of them a person belongs to, for the way to their mailbox. A device has its owner_group.
ALTER TABLE accounts ADD COLUMN person_group TEXT;
