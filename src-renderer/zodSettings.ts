import { z } from 'zod'

// Must be the first import of the page, and lies with zod in one chunk (electron.vite.config.ts): a schema decides when it is made
// whether it may generate code, and the content security policy forbids that.
z.config({ jitless: true })
