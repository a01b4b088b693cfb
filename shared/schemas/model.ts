// The language model that can explain an event, if one is configured.
import { z } from 'zod'

const message = z.object({ role: z.enum(['system', 'user']), content: z.string() })
export type Message = z.infer<typeof message>

export const prompt = z.object({
  url: z.string().meta({ description: 'URL to which the prompt would be sent.' }),
  model: z.string(),
  messages: z.array(message),
  body: z.string().meta({ description: 'Exact body of the request.' }),
  digest: z.string().meta({ description: 'Hash of url and body. Send it back to confirm exactly this prompt.' }),
  confirmed: z.boolean().meta({ description: 'Whether a prompt for this url and model was confirmed before.' }),
})
export type Prompt = z.infer<typeof prompt>

export const promptQuery = z.object({
  digest: z
    .string()
    .max(64)
    .optional()
    .meta({ description: '`digest` of the prompt that was reviewed. Confirms and sends it.' }),
})

export const modelAnswer = z.object({ kind: z.literal('llm'), text: z.string(), model: z.string() })
export type ModelAnswer = z.infer<typeof modelAnswer>

export const modelsOut = z.object({ models: z.array(z.string()).meta({ description: 'At most 200.' }) })
