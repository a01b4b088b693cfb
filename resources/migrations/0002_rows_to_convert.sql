-- The rows themselves are carried over when the store opens: see convert-rows.ts.
ALTER TABLE `samples` RENAME TO `samples_as_rows`;
