import type { Organization } from '../model/organization.ts';

/** Whether a model shows placeholders instead of AWS's ids, as an import that redacts them writes: AWS gives no root such an id. */
export function hidesIds({ root }: Organization): boolean {
  return root?.id !== undefined && /^r-0{3,}\d*$/.test(root.id);
}
