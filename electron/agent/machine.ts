// The raw figures of the machine that this process runs on. A figure that the system does not report rejects.
import { createCommonMachine } from './common-machine.ts'
import { createLinuxMachine } from './linux-machine.ts'

export interface Machine {
  /** Whether all figures except file systems are read without starting a process, cheaply enough for every 5 s. */
  readonly light: boolean
  /** CPU time since boot over all cores, in any unit. */
  cpu(): Promise<{ busy: number; total: number }>
  /** Mean number of running and waiting tasks over the last minute. */
  load(): Promise<number>
  /** Bytes; `available` can be allocated without swapping. */
  memory(): Promise<{ total: number; available: number; swapTotal: number; swapUsed: number }>
  /** Bytes since boot, of physical interfaces. */
  network(): Promise<InterfaceBytes[]>
  /** Bytes since boot, over all disks. */
  io(): Promise<{ read: number; written: number }>
  /** Everything mounted on a folder, also what can't fill up; `used` + `available` is what users can fill. */
  fileSystems(): Promise<FileSystem[]>
}

export interface InterfaceBytes {
  name: string
  received: number
  sent: number
}

export interface FileSystem {
  device: string
  type: string
  mount: string
  used: number
  available: number
}

export const thisMachine = (): Machine =>
  process.platform === 'linux' ? createLinuxMachine(createCommonMachine()) : createCommonMachine()
