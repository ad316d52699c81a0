import { isList, type PlainJson } from './plainJson.ts';

/** The layout of a text that is written anew. */
export interface TextLayout {
  /** One step of indentation. */
  readonly unit: string;
  readonly eol: string;
}

/** A policy as text: an object per key, the operators of a setting and lists on one line. */
export function policyText(json: PlainJson, layout: TextLayout, indent = ''): string {
  if (typeof json === 'string') return JSON.stringify(json);
  if (isList(json)) return `[${json.map((item) => policyText(item, layout)).join(', ')}]`;
  const entries = Object.entries(json);
  if (entries.length === 0) return '{}';
  const members = entries.map(([key, value]) => `${JSON.stringify(key)}: ${policyText(value, layout, `${indent}${layout.unit}`)}`);
  if (entries.every(([key]) => key.startsWith('@@'))) return `{ ${members.join(', ')} }`;
  const separator = `${layout.eol}${indent}${layout.unit}`;
  return `{${separator}${members.join(`,${separator}`)}${layout.eol}${indent}}`;
}
