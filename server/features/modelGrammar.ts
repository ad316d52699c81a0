import schemaFile from '../../schemas/organization.schema.json' with { type: 'json' };
import { schemaGrammar, type SchemaNode } from './schemaGrammar.ts';

/** A place of a model file, as its schema describes it. */
export type ModelGrammar = SchemaNode;

/** The grammar of model files. */
export const modelGrammar = schemaGrammar(schemaFile, schemaFile.definitions);

/** What lies at a path of a model file, undefined where the schema knows nothing. */
export const modelGrammarAt = modelGrammar.at;

/** The keys of a fixed name at a place, in the order of the schema. */
export const modelKeys = modelGrammar.keys;

/** What one element of a list is. */
export const modelItem = modelGrammar.item;
