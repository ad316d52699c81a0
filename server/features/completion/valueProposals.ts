import { CompletionItemKind } from 'vscode-languageserver-types';
import { foldKey, suggestedValues, type GrammarLeaf } from '../../core/grammar.ts';
import { meaningOf } from '../meaning.ts';
import type { PolicyContext } from './policyContext.ts';
import { inheritedElements } from './operatorProposals.ts';
import type { Proposal } from './proposal.ts';
import { quoted } from './snippet.ts';
import { valuesIn, valuesUsed } from './workspaceValues.ts';

interface Candidate {
  readonly text: string;
  readonly detail?: string;
  readonly documentation?: string;
  readonly rank: number;
}

/** Values for an operator of a setting: what it must equal, what is inherited, what policies use, what AWS knows. */
export function valueProposals(context: PolicyContext, path: readonly string[], grammar: GrammarLeaf, operator: string): readonly Proposal[] {
  const { slot, neighbours } = context.position;
  const present = new Set(slot === 'item' ? neighbours.map((each) => each.text) : []);
  const inherited = new Set(inheritedElements(context.inheritance, path));
  const known = suggestedValues(grammar.value);
  return candidates(context, path, grammar, operator)
    .filter(({ text }) => !present.has(text))
    .map((candidate): Proposal => {
      const literal = grammar.value === 'boolean' ? candidate.text : quoted(candidate.text);
      const description = candidate.documentation ?? meaningOf(grammar.value, candidate.text);
      const repeated = operator === '@@append' && inherited.has(candidate.text);
      const useless = operator === '@@remove' && inherited.size > 0 && !inherited.has(candidate.text);
      const detail = repeated ? 'in the inherited list already' : useless ? 'not in the inherited list' : candidate.detail;
      return {
        label: candidate.text,
        kind: known.length > 0 ? CompletionItemKind.EnumMember : CompletionItemKind.Value,
        snippet: grammar.kind === 'list' && slot === 'value' ? `[${literal}]` : literal,
        rank: repeated || useless ? 7 : candidate.rank,
        ...(grammar.value === 'boolean' && !context.position.quoted ? { filter: candidate.text } : {}),
        ...(detail === undefined ? {} : { detail }),
        ...(description === undefined || description === '' ? {} : { documentation: description }),
      };
    });
}

/** In the order of likelihood; the first mention of a text counts. */
function candidates(context: PolicyContext, path: readonly string[], grammar: GrammarLeaf, operator: string): readonly Candidate[] {
  const { snapshot, uri } = context;
  const inherited = operator === '@@remove' ? inheritedElements(context.inheritance, path) : [];
  const file = snapshot.policies.get(uri);
  const found: Candidate[] = [
    ...enclosingName(path),
    ...inherited.map((text): Candidate => ({ text, detail: 'inherited', rank: 0 })),
    ...valuesUsed(snapshot, grammar.value, uri).map(({ text, policies }): Candidate => ({ text, detail: `used in ${policies.join(', ')}`, rank: 1 })),
    ...valuesIn(file, grammar.value).filter((text) => text !== context.position.text).map((text): Candidate => ({ text, detail: 'used in this policy', rank: 1 })),
    ...suggestedValues(grammar.value).map(({ value }): Candidate => ({ text: value, rank: /^arn:aws-/.test(value) || /^(us-gov|cn)-/.test(value) ? 4 : 2 })),
    ...usual(grammar),
  ];
  const seen = new Set<string>();
  return found.filter(({ text }) => !seen.has(text) && seen.add(text));
}

/** A vault ARN and a tag key repeat the name of the entry that they stand in. Source: syntax §§3.3 and 3.4. */
function enclosingName(path: readonly string[]): readonly Candidate[] {
  const key = foldKey(path.at(-1) ?? '');
  const name = path.at(-2);
  const group = foldKey(path.at(-3) ?? '');
  if (name === undefined) return [];
  if (key === 'target_backup_vault_arn' && group === 'copy_actions') return [{ text: name, detail: 'as the entry is named', rank: 0 }];
  if (key === 'tag_key' && (group === 'recovery_point_tags' || group === 'backup_plan_tags')) return [{ text: name, detail: 'as the entry is named', rank: 0 }];
  return [];
}

/** Values that AWS itself uses or that are common, where the field is free text. */
function usual(grammar: GrammarLeaf): readonly Candidate[] {
  switch (grammar.value) {
    case 'scheduleExpression':
      return [
        { text: 'cron(0 5 ? * * *)', rank: 2 },
        { text: 'cron(0 5 ? * SUN *)', rank: 2 },
        { text: 'cron(0 5 1 * ? *)', rank: 2 },
        { text: 'cron(0 * ? * * *)', documentation: 'Every hour, the shortest interval that AWS takes.', rank: 3 },
      ];
    case 'vaultName':
      return [{ text: 'Default', documentation: 'The vault that the AWS Backup console creates in an account and Region.', rank: 2 }];
    case 'roleArn':
      return [{ text: 'arn:aws:iam::$account:role/service-role/AWSBackupDefaultServiceRole', documentation: 'The role that the AWS Backup console creates. It must exist in every account that the policy reaches.', rank: 2 }];
    default:
      return [];
  }
}
