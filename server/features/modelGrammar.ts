import schemaFile from '../../schemas/organization.schema.json' with { type: 'json' };
import { schemaGrammar } from './schemaGrammar.ts';

/** The grammar of model files. */
export const modelGrammar = schemaGrammar(schemaFile, schemaFile.definitions);
