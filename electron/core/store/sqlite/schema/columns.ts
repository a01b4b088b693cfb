// Columns that several tables have.
//
// drizzle-kit makes the migrations in resources/migrations from the files of this folder (`npm run migrations`). Times are
// milliseconds since 1970 in UTC. Keys carry the columns' own names, so that a row looks the same whether drizzle or a
// prepared statement reads it.
import { integer } from 'drizzle-orm/sqlite-core'

/** AUTOINCREMENT: an id is never given a second time, not even after its row was removed. */
export const id = () => integer('id').primaryKey({ autoIncrement: true })
