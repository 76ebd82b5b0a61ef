-- Settings as their last event told them, which later releases can read; and what undoing a change needs to know.

-- What stood where before can only come from the log: the tables fill again by themselves.
TRUNCATE rm_conversation, rm_message, rm_offline_message, rm_canned_reply, rm_block, rm_shop, rm_change;
UPDATE projection_position SET notification_id = 0;

ALTER TABLE rm_shop DROP COLUMN settings;
ALTER TABLE rm_shop ADD COLUMN topic text;  -- of the event; null if there was none
ALTER TABLE rm_shop ADD COLUMN state text;  -- the event, as JSON

ALTER TABLE rm_change ADD COLUMN command text;  -- of the event
ALTER TABLE rm_change ADD COLUMN among text;    -- of what was taken out of a list: the ids of that list before, as JSON
