// Linux has most figures in a few small files; systeminformation would start processes to read them.
import { readdir, readFile, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { InterfaceBytes, Machine } from './machine.ts'

const SECTOR_BYTES = 512
/** Block devices on top of other devices or memory, and the single paths of a multipath NVMe disk. */
const IGNORED_DISK = /^((loop|ram|zram|dm-|md|nbd|zd|fd|sr)\d|nvme\d+c\d+n)/

/** @param root the folder of `proc` and `sys` */
export function createLinuxMachine(common: Machine, root = '/'): Machine {
  const read = (path: string) => readFile(join(root, path), 'utf8')

  return {
    ...common,
    light: true,

    async cpu() {
      // user nice system idle iowait irq softirq steal; guest time is part of user.
      const times = numbersOf((await read('proc/stat')).split('\n', 1)[0]!).slice(0, 8)
      const total = times.reduce((sum, time) => sum + time, 0)
      return { busy: total - (times[3] ?? 0) - (times[4] ?? 0), total }
    },

    async network() {
      const all = interfacesOf(await read('proc/net/dev'))
      const physical = await Promise.all(all.map(({ name }) => isPhysical(join(root, 'sys/class/net', name))))
      if (physical.includes(true)) return all.filter((_, index) => physical[index])
      // In a container every interface is virtual: take those of the default routes.
      const defaultRoutes = defaultRoutesOf(await read('proc/net/route'))
      return all.filter(({ name }) => defaultRoutes.has(name))
    },

    async io() {
      const disks = new Set((await readdir(join(root, 'sys/block'))).filter((name) => !IGNORED_DISK.test(name)))
      const lines = (await read('proc/diskstats')).split('\n').map((line) => line.trim().split(/\s+/))
      const real = lines.filter(([, , name]) => name !== undefined && disks.has(name))
      if (!real.length) throw new Error('no disk was found')
      return {
        read: real.reduce((sum, fields) => sum + Number(fields[5]), 0) * SECTOR_BYTES,
        written: real.reduce((sum, fields) => sum + Number(fields[9]), 0) * SECTOR_BYTES,
      }
    },
  }
}

const numbersOf = (line: string) => line.trim().split(/\s+/).slice(1).map(Number)

/** `name: received-bytes packets … (8 columns) sent-bytes packets …` below two lines of headings. */
function interfacesOf(text: string): InterfaceBytes[] {
  return text.split('\n').flatMap((line) => {
    const [, name, columns] = /^\s*(\S+):\s*(\d.*)$/.exec(line) ?? []
    if (name === undefined || columns === undefined) return []
    const numbers = columns.split(/\s+/).map(Number)
    return [{ name, received: numbers[0] ?? NaN, sent: numbers[8] ?? NaN }]
  })
}

async function isPhysical(path: string): Promise<boolean> {
  try {
    return !(await readlink(path)).includes('/devices/virtual/')
  } catch {
    return false
  }
}

const defaultRoutesOf = (text: string) =>
  new Set(
    text
      .split('\n')
      .map((line) => line.split('\t'))
      .filter(([, destination]) => destination === '00000000')
      .map(([name]) => name),
  )
