// Backups: copies of the database in the data folder.
import { z } from 'zod'
import { renamed } from './former-names.ts'
import { instant } from './input.ts'

export const backup = z.object({
  path: z.string(),
  bytes: z.int().min(0),
  created_at: renamed('made_at', instant),
})
export type Backup = z.infer<typeof backup>

export const backups = z.object({
  folder: z.string(),
  in_progress: renamed('is_being_made', z.boolean().meta({ description: 'Whether a backup is being created now.' })),
  backups: z.array(backup).meta({ description: 'Newest first. Tocsin never deletes a backup.' }),
})
export type Backups = z.infer<typeof backups>
