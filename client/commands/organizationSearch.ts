import { window, type QuickPickItem } from 'vscode';
import { accountFilters, textFilter, type ChosenFilter } from '../organizationFilter.ts';
import { pickTarget } from '../pickTarget.ts';
import type { ServerAccess } from '../serverAccess.ts';
import type { TargetChoice } from '../targetChoice.ts';
import type { OrganizationTree } from '../views/organizationTree.ts';

type Row = QuickPickItem & { readonly run: () => Promise<void> };

/** Narrows the organization view, and finds targets in it. */
export class OrganizationSearch {
  readonly #server: ServerAccess;
  readonly #choice: TargetChoice;
  readonly #tree: OrganizationTree;

  constructor(server: ServerAccess, choice: TargetChoice, tree: OrganizationTree) {
    this.#server = server;
    this.#choice = choice;
    this.#tree = tree;
  }

  async filter(): Promise<void> {
    const rows: readonly Row[] = [
      { label: '$(list-tree) All', description: 'no filter', run: () => this.#tree.filter(undefined) },
      ...await Promise.all(accountFilters.map((each) => this.#row(each.label, each.icon, each))),
      { label: '$(search) By Text…', description: 'a part of a name or id', run: () => this.#byText() },
    ];
    const picked = await window.showQuickPick(rows, { title: 'Filter Organization', placeHolder: 'Choose which accounts are shown, with the way to them' });
    await picked?.run();
  }

  async clearFilter(): Promise<void> {
    await this.#tree.filter(undefined);
  }

  async find(): Promise<void> {
    const entity = await pickTarget(this.#server, this.#choice, 'Find a root, organizational unit or account by its name, id or path');
    if (entity !== undefined) await this.#tree.reveal(entity.target);
  }

  async #row(label: string, icon: string, chosen: ChosenFilter): Promise<Row> {
    const { matching } = await this.#server.request('backupPolicy/filter', chosen.filter);
    return { label: `$(${icon}) ${label}`, description: matching === 1 ? '1 account' : `${String(matching)} accounts`, run: () => this.#tree.filter(chosen) };
  }

  async #byText(): Promise<void> {
    const text = await window.showInputBox({ title: 'Filter Organization', prompt: 'A part of a name or id; with a slash, of a path' });
    if (text !== undefined && text.trim() !== '') await this.#tree.filter(textFilter(text.trim()));
  }
}
