-- What the source of a waiting transfer asked for when its wait was told, as a fingerprint: an edit
-- of that ends the wait. Present only beside next_attempt_at.

ALTER TABLE transfer ADD COLUMN asked TEXT;
