// Backups of the database.
import type { BackupService } from '../../maintenance/backups.ts'
import type { Handlers } from './handlers.ts'

export const backupHandlers = (backups: BackupService): Pick<Handlers, 'createBackup' | 'listBackups'> => ({
  createBackup: () => backups.make(),
  listBackups: () => backups.list(),
})
