import schemaFile from '../../../schemas/guardrails.schema.json' with { type: 'json' };
import { schemaGrammar } from '../schemaGrammar.ts';

/** The grammar of guardrails files. */
export const guardrailGrammar = schemaGrammar(schemaFile, schemaFile.definitions);
