-- A fingerprint of what a source asked for when its file, verified against that, was delivered: one
-- that was delivered but not recorded is not what an edit since asks for.
ALTER TABLE transfer ADD COLUMN delivering_for TEXT;
