// Backups: copies of the database in the data folder.
import { z } from 'zod'
import { instant } from './input.ts'

export const backup = z.object({ path: z.string(), bytes: z.int().min(0), made_at: instant })
export type Backup = z.infer<typeof backup>

export const backups = z.object({
  folder: z.string(),
  is_being_made: z.boolean(),
  backups: z.array(backup).meta({ description: 'the newest first; Tocsin removes none' }),
})
export type Backups = z.infer<typeof backups>
