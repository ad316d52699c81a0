import guardrailSchema from '../../schemas/guardrails.schema.json' with { type: 'json' };
import modelSchema from '../../schemas/organization.schema.json' with { type: 'json' };
import { schemaGrammar } from './schemaGrammar.ts';

/** What lies where in a model file, with the texts that only completion and hover show. */
export const documentedModel = schemaGrammar(modelSchema, modelSchema.definitions);

/** What lies where in a guardrails file, with the texts that only completion and hover show. */
export const documentedGuardrails = schemaGrammar(guardrailSchema, guardrailSchema.definitions);
