// The OpenAPI 3.1 document, from the same table as the routes.
import swagger from '@fastify/swagger'
import type { FastifyInstance, FastifySchema } from 'fastify'
import {
  createJsonSchemaTransform,
  createJsonSchemaTransformObject,
  serializerCompiler,
} from 'fastify-type-provider-zod'
import { definedFields } from '../../../shared/domain/defined-fields.ts'
import { STATUS_CODES } from 'node:http'
import { z } from 'zod'
import { COMMON_ERRORS, type Operation } from '../../../shared/contract/operation.ts'
import { operations } from '../../../shared/contract/operations.ts'
import { detection } from '../../../shared/schemas/detection.ts'
import { event } from '../../../shared/schemas/event.ts'
import { hasRenames, renamedFields, withFormerNames } from '../../../shared/schemas/former-names.ts'
import { problem } from '../../../shared/schemas/problem.ts'
import { rule } from '../../../shared/schemas/rule.ts'
import { sampleOut } from '../../../shared/schemas/sample.ts'
import { series } from '../../../shared/schemas/series.ts'
import { accessOf, type Access } from './paths.ts'
import { PROBLEM_TYPE } from './problems.ts'

/** Stands before the routes, because it learns of each as it is added. */
export async function describeApi(app: FastifyInstance, version: string) {
  app.setSerializerCompiler(serializer)
  // Requests are checked by our own hand, which names every field at once; here the schemas only describe.
  app.setValidatorCompiler(() => (value) => ({ value }))
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Tocsin', version, description: "An alarm bell for an on-call engineer's own workstation" },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
    },
    convertConstToEnum: false,
    // What a host adds is no part of the API.
    hideUntagged: true,
    transform: createJsonSchemaTransform({ zodToJsonConfig: { override } }),
    transformObject: createJsonSchemaTransformObject({ zodToJsonConfig: { override } }),
  })
}

/** Answers carry the former name of a renamed field beside the current one. */
const serializer: typeof serializerCompiler = (route) => {
  const { schema } = route
  if (!(schema instanceof z.ZodType) || !hasRenames(schema)) return serializerCompiler(route)
  return (answer) => JSON.stringify(withFormerNames(schema, z.encode(schema, answer)))
}

/** The document, once the app is ready, with two things put right that its maker gets wrong. */
export function openApiDocument(app: FastifyInstance) {
  const { paths, components, ...document } = app.swagger() as unknown as Document
  // It writes every named schema twice, as input and as answer; here they all are answers.
  const schemas = Object.entries(components.schemas).filter(([name]) => name in NAMED)
  // It calls every body required, even if nothing in it is.
  for (const described of Object.values(paths).flatMap((path) => Object.values(path))) {
    const { body } = all[described.operationId] ?? {}
    if (described.requestBody && body?.safeParse({}).success) described.requestBody.required = false
  }
  return { ...document, paths, components: { ...components, schemas: Object.fromEntries(schemas) } }
}

interface Document {
  paths: Record<string, Record<string, { operationId: string; requestBody?: { required: boolean } }>>
  components: { schemas: Record<string, object> }
}

const all: Record<string, Operation> = operations

/** What stands in the document once, under its name, and is referred to. */
const NAMED = { Problem: problem, Event: event, Rule: rule, Sample: sampleOut, Series: series, Detection: detection }
for (const [id, schema] of Object.entries(NAMED)) z.globalRegistry.add(schema, { id })

type Override = NonNullable<z.core.ToJSONSchemaParams['override']>

const override: Override = ({ zodSchema, jsonSchema }) => {
  // zod leaves a default out if the text of a query is converted to a number first.
  if (zodSchema instanceof z.ZodDefault) jsonSchema.default = zodSchema.def.defaultValue
  if (zodSchema instanceof z.ZodObject)
    for (const [current, former] of renamedFields(zodSchema))
      jsonSchema.properties![former] = {
        ...(jsonSchema.properties![current] as object),
        description: `Renamed to \`${current}\`.`,
        deprecated: true,
      }
  // What the document's maker takes for "no content".
  if (zodSchema instanceof z.ZodUndefined) jsonSchema.type = 'null'
}

export interface Description {
  operationId: string
  tag: string
  summary: string
  access: Access
  status: number
  /** Left out: no content. */
  answer?: z.ZodType | undefined
  answerType?: string
  errors: readonly number[]
  params?: z.ZodType | undefined
  querystring?: z.ZodType | undefined
  headers?: z.ZodType | undefined
  body?: z.ZodType | undefined
}

export const describeOperation = (name: string, declared: Operation, ingestNeedsToken: boolean) =>
  describeRoute({
    operationId: name,
    tag: 'anomaly',
    summary: declared.summary,
    access: ingestNeedsToken ? 'token' : accessOf(declared),
    status: declared.status,
    answer: declared.answer,
    errors: [...COMMON_ERRORS, ...(declared.errors ?? [])],
    params: declared.params,
    querystring: declared.query,
    headers: declared.headers,
    body: declared.body,
  })

const SECURITY = { token: [{ bearer: [] }], open: [{}, { bearer: [] }], public: [] }

export function describeRoute({
  tag,
  access,
  status,
  answer,
  answerType,
  errors,
  ...rest
}: Description): FastifySchema {
  const success = answer
    ? { description: 'Success', content: { [answerType ?? 'application/json']: { schema: answer } } }
    : z.undefined().describe('Success, no body')
  const failures = errors.map((error) => [error, failure(STATUS_CODES[error] ?? 'Error')])
  return {
    ...definedFields(rest),
    tags: [tag],
    security: SECURITY[access],
    response: { [status]: success, ...Object.fromEntries(failures), default: failure('Any other failure') },
  }
}

const failure = (description: string) => ({ description, content: { [PROBLEM_TYPE]: { schema: problem } } })
