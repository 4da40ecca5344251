-- A source that polls skip until an operator resumes it.

ALTER TABLE source ADD COLUMN paused_at BIGINT;
