// Backups of the database.
import type { BackupDesk } from '../backups.ts'
import type { Handlers } from './handlers.ts'

export const backupHandlers = (backups: BackupDesk): Pick<Handlers, 'createBackup' | 'listBackups'> => ({
  createBackup: () => backups.make(),
  listBackups: () => backups.list(),
})
