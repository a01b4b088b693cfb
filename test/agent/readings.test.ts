import { afterEach, expect, test, vi } from 'vitest'
import type { FileSystem, Machine } from '../../electron/agent/machine.ts'
import { createReadings } from '../../electron/agent/readings.ts'
import { silentLog } from '../../electron/core/platform/ports.ts'

const unknown = () => Promise.reject(new Error('not known here'))

/** A machine with the readings that a test gives it. */
const machineWith = (known: Partial<Machine>): Machine => ({
  light: true,
  cpu: unknown,
  load: unknown,
  memory: unknown,
  network: unknown,
  io: unknown,
  fileSystems: unknown,
  ...known,
})
/** Gives one after the other. */
const inTurn =
  <T>(...answers: T[]) =>
  async () =>
    answers.shift()!
const pairs = (readings: { metricType: string; value: number }[]) =>
  readings.map(({ metricType, value }) => [metricType, value])

const disk = (device: string, type: string, mount: string, used = 25, available = 75): FileSystem => ({
  device,
  type,
  mount,
  used,
  available,
})

async function readAt(known: Partial<Machine>, ...seconds: number[]) {
  const readings = createReadings(machineWith(known), silentLog)
  const found = []
  for (const second of seconds) found.push(pairs(await readings(second * 1000)))
  return found
}

afterEach(() => void vi.useRealTimers())

test('CPU is the share of busy time since the last reading, with one decimal; the first gives none', async () => {
  const cpu = inTurn({ busy: 1000, total: 9000 }, { busy: 1123, total: 10000 }, { busy: 2123, total: 11000 })
  expect(await readAt({ cpu }, 0, 5, 10)).toEqual([[], [['CPU', 12.3]], [['CPU', 100]]])
})

test('MEMORY and SWAP are shares of the whole; without swap there is no SWAP', async () => {
  const memory = inTurn(
    { total: 3000, available: 1000, swapTotal: 800, swapUsed: 1 },
    { total: 3000, available: 1001, swapTotal: 0, swapUsed: 0 },
  )
  expect(await readAt({ memory }, 0, 5)).toEqual([
    [
      ['MEMORY', 66.7],
      ['SWAP', 0.1],
    ],
    [['MEMORY', 66.6]],
  ])
})

test('LOAD is the mean of a minute with two decimals', async () => {
  expect(await readAt({ load: async () => 1.2345 }, 0)).toEqual([[['LOAD', 1.23]]])
})

test('rates are whole bytes per second between two readings, per interface', async () => {
  const network = inTurn(
    [{ name: 'eth0', received: 1000, sent: 0 }],
    [
      { name: 'eth0', received: 2001, sent: 25 },
      { name: 'wlan0', received: 7, sent: 7 },
    ],
    [
      { name: 'eth0', received: 2001, sent: 25 },
      { name: 'wlan0', received: 107, sent: 7 },
    ],
  )
  expect(await readAt({ network }, 0, 5, 15)).toEqual([
    [],
    [
      ['NETWORK_IN{interface="eth0"}', 200],
      ['NETWORK_OUT{interface="eth0"}', 5],
    ],
    [
      ['NETWORK_IN{interface="eth0"}', 0],
      ['NETWORK_OUT{interface="eth0"}', 0],
      ['NETWORK_IN{interface="wlan0"}', 10],
      ['NETWORK_OUT{interface="wlan0"}', 0],
    ],
  ])
})

test('a counter that was set back gives no rate, and goes on from there', async () => {
  const io = inTurn({ read: 9000, written: 0 }, { read: 100, written: 50 }, { read: 600, written: 50 })
  expect(await readAt({ io }, 0, 5, 10)).toEqual([
    [],
    [['IO_WRITE', 10]],
    [
      ['IO_READ', 100],
      ['IO_WRITE', 0],
    ],
  ])
})

test('disks are read once a minute: real ones, each device once', async () => {
  const all = [
    disk('/dev/sda1', 'ext4', '/srv/bound'),
    disk('/dev/sda1', 'ext4', '/', 1, 2),
    disk('/dev/sdb1', 'ext4', '/home "x"\\'),
    disk('tmpfs', 'tmpfs', '/run'),
    disk('overlay', 'overlay', '/var/lib/docker/overlay2/1/merged'),
    disk('/dev/loop3', 'squashfs', '/snap/core/1'),
    disk('nas:/export', 'nfs4', '/mnt/nas'),
    disk('me@host:', 'fuse.sshfs', '/mnt/host'),
    disk('/dev/sdc1', 'fuseblk', '/mnt/windows', 0, 0),
    disk('/dev/sdd1', 'xfs', `/mnt/${'long'.repeat(64)}`),
  ]
  const disks = [
    ['DISK{mount="/"}', 33.3],
    ['DISK{mount="/home \\"x\\"\\\\"}', 25],
  ]
  expect(await readAt({ fileSystems: () => Promise.resolve(all) }, 0, 5, 55, 59.8, 65, 119.8)).toEqual([
    disks,
    [],
    [],
    disks,
    [],
    disks,
  ])
})

test('in a container the root counts although it is an overlay', async () => {
  const root = disk('overlay', 'overlay', '/', 1, 1)
  expect(await readAt({ fileSystems: async () => [root] }, 0)).toEqual([[['DISK{mount="/"}', 50]]])
})

test('what would start processes is read once a minute', async () => {
  const memory = inTurn({ total: 2, available: 1, swapTotal: 0, swapUsed: 0 })
  expect(await readAt({ light: false, memory, load: async () => 1 }, 0, 5)).toEqual([
    [
      ['LOAD', 1],
      ['MEMORY', 50],
    ],
    [['LOAD', 1]],
  ])
})

test('a reading that fails is logged once and leaves the others alone', async () => {
  const log = { ...silentLog, warn: vi.fn() }
  const readings = createReadings(machineWith({ load: async () => 1, memory: async () => null as never }), log)
  expect(pairs(await readings(0))).toEqual([['LOAD', 1]])
  expect(pairs(await readings(5_000))).toEqual([['LOAD', 1]])
  const complaints = log.warn.mock.calls.map(([details]) => details.reading)
  expect(complaints.length).toBe(5)
  expect(new Set(complaints)).toEqual(new Set(['CPU', 'MEMORY and SWAP', 'NETWORK', 'IO', 'DISK']))
})

test('a figure that is no number is left out', async () => {
  expect(await readAt({ load: async () => NaN }, 0)).toEqual([[]])
})

test('a reading that hangs holds up the others for 4 s at most, and is not asked for again', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const fileSystems = vi.fn(() => new Promise<never>(() => {}))
  const readings = createReadings(machineWith({ load: async () => 1, fileSystems }), silentLog)
  const first = readings(0)
  await vi.advanceTimersByTimeAsync(4_000)
  expect(pairs(await first)).toEqual([['LOAD', 1]])
  expect(pairs(await readings(60_000))).toEqual([['LOAD', 1]])
  expect(fileSystems).toHaveBeenCalledOnce()
})
