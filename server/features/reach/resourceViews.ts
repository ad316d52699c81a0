import type { Place } from '../../core/advice/effectivePlaces.ts';
import { introductionOf, listAt } from '../../core/advice/effectivePlaces.ts';
import type { EffectiveContainer } from '../../core/merge/effective.ts';
import { explainReach, type PlanReach } from '../../core/selection/planReach.ts';
import type { Finding } from '../../core/selection/requirement.ts';
import { kindOf } from '../../core/selection/resourceKinds.ts';
import { ruleSummaries, type CopySummary, type RuleSummary } from '../../core/selection/ruleSummary.ts';
import { messageText } from '../../core/messageText.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { ReachedResourceView, ReachFindingView, ReachGroup, ReachPlanView, ReachRuleView, ViewLocation } from '../../protocol.ts';
import { documentOf } from '../diagnostics.ts';
import { plainMeaning } from '../plainMeaning.ts';
import { rangeOf } from '../ranges.ts';
import type { JudgedResource } from './judgedResources.ts';

/** How often a resource is backed up. */
export function groupOf({ reachedBy }: JudgedResource): ReachGroup {
  return reachedBy.length === 0 ? 'unreached' : reachedBy.length === 1 ? 'once' : 'several';
}

/** Puts judged resources in words; plans that resources share are described once. */
export class ResourceViews {
  readonly #snapshot: Snapshot;
  readonly #plans = new Map<EffectiveContainer, number>();
  readonly #planViews: ReachPlanView[] = [];

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot;
  }

  /** The plans of all resources so far, in the order of their indexes. */
  get plans(): readonly ReachPlanView[] {
    return this.#planViews;
  }

  of(judged: JudgedResource): ReachedResourceView {
    const { resource, policyOf, note, plans } = judged;
    const kind = kindOf(resource);
    const impossible = impossibility(judged, kind);
    const reached = impossible === undefined ? plans.map((plan) => explainReach(plan, resource)) : [];
    return {
      arn: resource.arn,
      ...(kind === undefined ? {} : { kind }),
      ...(impossible === undefined ? {} : { impossible }),
      ...(resource.region === undefined ? {} : { region: resource.region }),
      policyOf: policyOf.path,
      tags: [...resource.tags].map(([key, value]) => ({ key, value })),
      group: groupOf(judged),
      line: resource.line,
      notes: note === undefined ? [] : [note],
      plans: reached.toSorted((one, other) => distance(one) - distance(other)).map((each) => ({
        plan: this.#plan(each.plan),
        reached: each.reached,
        findings: each.findings.map((finding) => this.#finding(finding)),
        selections: each.selections.map(({ selection, kind: selectionKind, reached: takes, findings }) => ({
          name: selection.name,
          kind: selectionKind,
          reached: takes,
          findings: findings.map((finding) => this.#finding(finding)),
        })),
      })),
    };
  }

  #plan(plan: EffectiveContainer): number {
    const known = this.#plans.get(plan);
    if (known !== undefined) return known;
    const index = this.#planViews.length;
    this.#plans.set(plan, index);
    this.#planViews.push({
      name: plan.name,
      regions: listAt(plan, 'regions').map(({ text }) => text),
      rules: ruleSummaries(plan).map((rule) => this.#rule(rule)),
      ...this.#location(introductionOf(plan)),
    });
    return index;
  }

  #rule(summary: RuleSummary): ReachRuleView {
    return {
      name: summary.rule.name,
      schedule: summary.scheduleInWords,
      retention: retentionOf(summary),
      ...(summary.vault === undefined ? {} : { vault: summary.vault }),
      copies: summary.copies.map(copyInWords),
      ...this.#location(introductionOf(summary.rule)),
    };
  }

  #finding({ verdict, message, path, place }: Finding): ReachFindingView {
    return { verdict, message: messageText(message), path: path.join('/'), ...this.#location(place) };
  }

  #location(place: Place | undefined): { readonly location?: ViewLocation } {
    const document = place === undefined ? undefined : documentOf(this.#snapshot, place.uri);
    return place === undefined || document === undefined ? {} : { location: { uri: place.uri, range: rangeOf(document, place.span) } };
  }
}

/** How many requirements a resource misses: 0 when the plan reaches it. */
function distance({ findings, selections }: PlanReach): number {
  const missed = (each: readonly Finding[]): number => each.filter(({ verdict }) => verdict !== 'met').length;
  return missed(findings) + (selections.length === 0 ? 0 : Math.min(...selections.map((selection) => missed(selection.findings))));
}

function impossibility({ resource, policyOf, plans }: JudgedResource, kind: string | undefined): string | undefined {
  if (kind === undefined) return `Backup policies select no resources of this kind of "${resource.service}", whatever their tags.`;
  return plans.length === 0 ? `The effective policy of ${policyOf.path} has no plan.` : undefined;
}

function retentionOf({ coldAfterDays, continuous, ...deletion }: RuleSummary): string {
  return [
    ...(continuous ? ['continuous backup'] : []),
    ...(coldAfterDays === undefined ? [] : [`moved to cold storage after ${days(coldAfterDays)}`]),
    kept(deletion),
  ].join(', ');
}

function kept({ deleteAfterDays, isDeletionUnknown }: Pick<CopySummary, 'deleteAfterDays' | 'isDeletionUnknown'>): string {
  if (isDeletionUnknown === true) return 'kept as long as a template says';
  if (deleteAfterDays === undefined) return 'kept for ever';
  const meaning = plainMeaning('days', String(deleteAfterDays));
  return `kept ${days(deleteAfterDays)}${meaning === undefined ? '' : ` (${meaning})`}`;
}

function days(count: number): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? 'day' : 'days'}`;
}

const vaultArn = /^arn:[^:]*:backup:([^:]*):([^:]*):(?:backup-vault|vault):(.+)$/i;

function copyInWords({ vault, ...deletion }: CopySummary): string {
  const [, region = '', account = '', name = vault] = vaultArn.exec(vault) ?? [];
  const where = region === '' ? '' : ` in ${region}`;
  const whose = account === '' ? '' : account === '$account' ? ' of the same account' : ` of account ${account}`;
  return `copied to ${name}${where}${whose}, ${kept(deletion)}`;
}
