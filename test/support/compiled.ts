// The compile cache that processes of tests share: hosts start by the hundred.
import { join } from 'node:path'

export const NODE_COMPILE_CACHE = join(import.meta.dirname, '../../node_modules/.cache/tocsin-compiled')
