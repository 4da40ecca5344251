-- For which resource ETag and Last-Modified were given, as a fingerprint of the path that answered,
-- redirects followed. Absent: an older program noted them.

ALTER TABLE source ADD COLUMN landed_resource TEXT;
ALTER TABLE transfer ADD COLUMN resource TEXT;
