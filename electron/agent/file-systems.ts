// Which file systems can fill up: local ones with real storage, each once.
import type { FileSystem } from './machine.ts'

/** In memory, read-only, or on another machine. */
const IGNORED_TYPE =
  /^(tmpfs|devtmpfs|ramfs|rootfs|overlay|squashfs|erofs|iso9660|udf|efivarfs|autofs|nfs\d?|cifs|smb\w*|9p|virtiofs|fuse\..*|ceph|glusterfs|lustre|afs|davfs)$/i

/** Folders in which snap, Docker and macOS mount copies and helper volumes. */
const IGNORED_MOUNT = /^\/(snap|var\/lib\/(snapd|docker|containers)|System\/Volumes\/(?!Data$)|private\/var\/vm)(\/|$)/

/** The root always counts: in a container it is an overlay. */
export function realFileSystems(all: readonly FileSystem[]): FileSystem[] {
  const devices = new Set<string>()
  return all
    .filter(({ type, mount }) => mount === '/' || !(IGNORED_TYPE.test(type) || IGNORED_MOUNT.test(mount)))
    .toSorted((a, b) => a.mount.length - b.mount.length)
    .filter(({ device }) => devices.size < devices.add(device).size)
}
