// Figures that systeminformation and Node give on every system.
import { stat } from 'node:fs/promises'
import { cpus, loadavg } from 'node:os'
import * as systeminformation from 'systeminformation'
import type { Machine } from './machine.ts'

export type Source = Pick<typeof systeminformation, 'mem' | 'fsSize' | 'fsStats' | 'networkInterfaces' | 'networkStats'>

/** Not light: on macOS and Windows systeminformation starts a process or several for nearly every figure. */
export function createCommonMachine(source: Source = systeminformation): Machine {
  return {
    light: false,

    async cpu() {
      const times = cpus().map((core) => core.times)
      const busy = sum(times, ({ user, nice, sys }) => user + nice + sys)
      return { busy, total: busy + sum(times, ({ idle }) => idle) }
    },

    async load() {
      if (process.platform === 'win32') throw new Error('Windows has no load average')
      return loadavg()[0]!
    },

    async memory() {
      const { total, available, swaptotal, swapused } = await source.mem()
      return { total, available, swapTotal: swaptotal, swapUsed: swapused }
    },

    async network() {
      const all = [await source.networkInterfaces()].flat()
      const real = all.filter((one) => !one.internal && !one.virtual).map((one) => one.iface)
      const stats = real.length ? await source.networkStats(real.join(',')) : []
      return stats.map((one) => ({ name: one.iface, received: one.rx_bytes, sent: one.tx_bytes }))
    },

    async io() {
      // null on some systems, in spite of its type.
      const stats: Awaited<ReturnType<Source['fsStats']>> | null = await source.fsStats()
      if (!stats) throw new Error('this system does not report disk I/O')
      return { read: stats.rx, written: stats.wx }
    },

    async fileSystems() {
      const all = await source.fsSize()
      const onFolders = await Promise.all(all.map(({ mount }) => isFolder(mount)))
      return all
        .filter((_, index) => onFolders[index])
        .map(({ fs, type, mount, used, available }) => ({ device: fs, type, mount, used, available }))
    },
  }
}

/** Containers mount single files, such as /etc/hosts. */
async function isFolder(mount: string): Promise<boolean> {
  try {
    return (await stat(mount)).isDirectory()
  } catch {
    return false
  }
}

const sum = <T>(all: readonly T[], part: (one: T) => number) => all.reduce((total, one) => total + part(one), 0)
