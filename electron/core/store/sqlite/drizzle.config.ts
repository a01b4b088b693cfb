import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'sqlite',
  schema: 'electron/core/store/sqlite/schema/*.ts',
  out: 'resources/migrations',
})
