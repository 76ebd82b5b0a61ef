-- Which files came with a message: JSON, as the event has it.
ALTER TABLE rm_message ADD COLUMN attachments text;
