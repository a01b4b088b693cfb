// The raw figures of the machine that this process runs on. A figure that it doesn't know rejects.
import { createCommonMachine } from './common-machine.ts'
import { createLinuxMachine } from './linux-machine.ts'

export interface Machine {
  /** Whether everything but the file systems is read without starting a process, cheaply enough for every 5 s. */
  readonly light: boolean
  /** CPU time since the start, over all cores, in any one unit. */
  cpu(): Promise<{ busy: number; total: number }>
  /** Mean number of running and waiting tasks over the last minute. */
  load(): Promise<number>
  /** Bytes; `available` is what programs could still get without swapping. */
  memory(): Promise<{ total: number; available: number; swapTotal: number; swapUsed: number }>
  /** Bytes since the start, of real interfaces: no loopback, no virtual ones. */
  network(): Promise<InterfaceBytes[]>
  /** Bytes since the start, all disks together. */
  io(): Promise<{ read: number; written: number }>
  /** Everything that is mounted on a folder, unreal ones included; `used` + `available` is what users can fill. */
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
