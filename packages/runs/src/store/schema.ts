/** The version of the format. A store of another version is refused, so it changes with every change below. */
export const FORMAT = 1

/** Marks the file as ours, for `file` and for us ("slui"). */
export const APPLICATION_ID = 0x736c7569

export const SCHEMA: string = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
-- What there is to do. "key" is the text, or a hash of it with the text as JSON in "long"; "item" is JSON, NULL when it is the key as a string.
CREATE TABLE items (id INTEGER PRIMARY KEY, key NOT NULL UNIQUE, long TEXT, item TEXT, parent INTEGER, priority REAL NOT NULL DEFAULT 0);
-- What is done: pending is what has no row here.
CREATE TABLE results (id INTEGER PRIMARY KEY, ok INTEGER NOT NULL, attempts INTEGER NOT NULL, ms REAL NOT NULL, line INTEGER, out_end INTEGER, error TEXT);
-- Attempts of what is not done.
CREATE TABLE retries (id INTEGER PRIMARY KEY, attempts INTEGER NOT NULL, error TEXT NOT NULL, not_before REAL NOT NULL, began REAL NOT NULL);
-- What the input consists of, so that a resumed run sees at a glance that a part of it is the same as before. "ids" is NULL when they are "first" and those that follow.
CREATE TABLE chunks (n INTEGER PRIMARY KEY, entries INTEGER NOT NULL, digest BLOB NOT NULL, first INTEGER NOT NULL, ids BLOB);
PRAGMA application_id=${APPLICATION_ID};
PRAGMA user_version=${FORMAT};
`
