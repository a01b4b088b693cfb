// Must be evaluated before any schema is made: zod would try `new Function`, which the page's policy forbids and
// every browser reports.
import { config } from 'zod'

config({ jitless: true })
