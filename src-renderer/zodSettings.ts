import { z } from 'zod'

// Must be the first import of the page: a schema decides when it is made whether it may generate code, and the content
// security policy forbids that.
z.config({ jitless: true })
