// Which file systems can fill up: real ones of this machine, each once.
import type { FileSystem } from './machine.ts'

/** In memory, read-only images, and those of other machines, whose disks are not ours to watch. */
const UNREAL_TYPE =
  /^(tmpfs|devtmpfs|ramfs|rootfs|overlay|squashfs|erofs|iso9660|udf|efivarfs|autofs|nfs\d?|cifs|smb\w*|9p|virtiofs|fuse\..*|ceph|glusterfs|lustre|afs|davfs)$/i

/** Folders in which snap, Docker and macOS keep copies and helpers of their own. */
const UNREAL_MOUNT = /^\/(snap|var\/lib\/(snapd|docker|containers)|System\/Volumes\/(?!Data$)|private\/var\/vm)(\/|$)/

/** A root counts whatever it is on: in a container it is an overlay. */
export function realFileSystems(all: readonly FileSystem[]): FileSystem[] {
  const devices = new Set<string>()
  return all
    .filter(({ type, mount }) => mount === '/' || !(UNREAL_TYPE.test(type) || UNREAL_MOUNT.test(mount)))
    .toSorted((a, b) => a.mount.length - b.mount.length)
    .filter(({ device }) => devices.size < devices.add(device).size)
}
