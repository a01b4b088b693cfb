import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCommonMachine, type Source } from '../../electron/agent/common-machine.ts'
import { createLinuxMachine } from '../../electron/agent/linux-machine.ts'
import { thisMachine } from '../../electron/agent/machine.ts'
import { createReadings } from '../../electron/agent/readings.ts'
import { silentLog } from '../../electron/core/platform/ports.ts'

let root: string
beforeAll(async () => void (root = await mkdtemp(join(tmpdir(), 'tocsin-machine-'))))
afterAll(() => rm(root, { recursive: true }))

async function put(path: string, text: string) {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), text)
}
async function link(path: string, target: string) {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await symlink(target, join(root, path))
}

const linux = () => createLinuxMachine(createCommonMachine(), root)
const diskLine = (name: string, read: number, written: number) =>
  `   8       0 ${name} 1 1 ${read} 1 1 1 ${written} 1 0 1 1`

describe('Linux', () => {
  test('CPU time counts waiting for disks as idle and guests once', async () => {
    await put('proc/stat', 'cpu  100 20 30 800 40 5 3 2 90 10\ncpu0 1 1 1 1 1 1 1 1 1 1\nintr 5\n')
    expect(await linux().cpu()).toEqual({ busy: 160, total: 1000 })
  })

  const NET_DEV = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo:    3193      29    0    0    0     0          0         0     3193      29    0    0    0     0       0          0
  eth0: 1099142536   30004    0    0    0     0          0         0  2021525   17438    0    0    0     0       0          0
docker0:77       1    0    0    0     0          0         0     88       1    0    0    0     0       0          0
`
  test('network: physical interfaces, and in a container the one that leads outside', async () => {
    await put('proc/net/dev', NET_DEV)
    await put('proc/net/route', 'Iface\tDestination\tGateway\ndocker0\t00000000\t010011AC\neth0\t000011AC\t00000000\n')
    for (const name of ['lo', 'docker0']) await link(`sys/class/net/${name}`, `../../devices/virtual/net/${name}`)
    expect(await linux().network()).toEqual([{ name: 'docker0', received: 77, sent: 88 }])
    await link('sys/class/net/eth0', '../../devices/pci0000:00/0000:00:03.0/virtio2/net/eth0')
    expect(await linux().network()).toEqual([{ name: 'eth0', received: 1099142536, sent: 2021525 }])
  })

  test('disk I/O adds up whole real disks', async () => {
    const disks = ['sda', 'nvme0n1', 'nvme0c0n1', 'dm-0', 'loop0', 'zram0', 'sr0']
    for (const name of disks) await mkdir(join(root, 'sys/block', name), { recursive: true })
    await put(
      'proc/diskstats',
      [...disks, 'sda1'].map((name, index) => diskLine(name, 10 + index, 20 + index)).join('\n'),
    )
    expect(await linux().io()).toEqual({ read: 21 * 512, written: 41 * 512 })
  })

  test('what cannot be read rejects', async () => {
    await expect(createLinuxMachine(createCommonMachine(), join(root, 'nothing')).cpu()).rejects.toThrow('ENOENT')
  })
})

describe('every system', () => {
  const source = {
    mem: async () => ({ total: 8, available: 3, swaptotal: 2, swapused: 1 }),
    networkInterfaces: async () => [
      { iface: 'lo0', internal: true, virtual: false },
      { iface: 'en0', internal: false, virtual: false },
      { iface: 'vnic1', internal: false, virtual: true },
    ],
    networkStats: async (names: string) => [{ iface: names, rx_bytes: 5, tx_bytes: 6 }],
    fsStats: async () => null,
    fsSize: async () => [
      { fs: '/dev/disk1', type: 'APFS', mount: tmpdir(), used: 1, available: 2 },
      { fs: '/dev/disk2', type: 'APFS', mount: import.meta.filename, used: 1, available: 2 },
    ],
  } as unknown as Source
  const machine = createCommonMachine(source)

  test('takes its figures from systeminformation', async () => {
    expect(await machine.memory()).toEqual({ total: 8, available: 3, swapTotal: 2, swapUsed: 1 })
    expect(await machine.network()).toEqual([{ name: 'en0', received: 5, sent: 6 }])
    expect(await machine.fileSystems()).toEqual([
      { device: '/dev/disk1', type: 'APFS', mount: tmpdir(), used: 1, available: 2 },
    ])
    const { busy, total } = await machine.cpu()
    expect(busy).toBeGreaterThan(0)
    expect(total).toBeGreaterThan(busy)
  })

  test('what systeminformation cannot read rejects', async () => {
    await expect(machine.io()).rejects.toThrow('does not report')
  })
})

test('this very machine gives sensible readings', async () => {
  const readings = createReadings(thisMachine(), silentLog)
  const now = Date.now()
  const first = new Map((await readings(now)).map((one) => [one.metricType, one.value]))
  expect([...first.keys()]).toEqual(expect.arrayContaining(['LOAD', 'MEMORY', 'DISK{mount="/"}']))
  expect(first.has('CPU')).toBe(false)
  const work = performance.now() + 50
  while (performance.now() < work);
  const second = new Map((await readings(now + 5_000)).map((one) => [one.metricType, one.value]))
  for (const value of [first.get('MEMORY'), second.get('CPU')]) {
    expect(value).toBeGreaterThan(0)
    expect(value).toBeLessThanOrEqual(100)
  }
})
