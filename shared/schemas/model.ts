// The language model that an event can be laid before, where the engineer has set one up.
import { z } from 'zod'

const message = z.object({ role: z.enum(['system', 'user']), content: z.string() })
export type Message = z.infer<typeof message>

export const prompt = z.object({
  url: z.string().meta({ description: 'where it would be sent to' }),
  model: z.string(),
  messages: z.array(message),
  body: z.string().meta({ description: 'the body of the request, to the byte' }),
  digest: z.string().meta({ description: 'names url and body; given back, exactly these are sent' }),
  confirmed: z.boolean().meta({ description: 'whether a prompt for this url and model was confirmed before' }),
})
export type Prompt = z.infer<typeof prompt>

export const promptQuery = z.object({
  digest: z.string().max(64).optional().meta({ description: 'of a prompt that was looked at: sends and confirms it' }),
})

export const modelAnswer = z.object({ kind: z.literal('llm'), text: z.string(), model: z.string() })
export type ModelAnswer = z.infer<typeof modelAnswer>

export const modelsOut = z.object({ models: z.array(z.string()).meta({ description: 'the first 200 at most' }) })
