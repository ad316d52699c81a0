import { Uri, workspace, type TestController, type TestItem } from 'vscode';
import type { GuardrailFileView, GuardrailView, ViewLocation } from '../../server/protocol.ts';
import { rangeOf } from '../locations.ts';

/** Names may hold any character, so the id of a test is a list: file, guardrail, path of the account. */
export function testId(...parts: readonly string[]): string {
  return JSON.stringify(parts);
}

/** A guardrails file as a test that holds its guardrails; each holds the accounts that do not meet it. */
export function fileItem(controller: TestController, file: GuardrailFileView): TestItem {
  const uri = Uri.parse(file.uri);
  const item = controller.createTestItem(testId(file.uri), workspace.asRelativePath(uri), uri);
  item.children.replace(file.guardrails.map((guardrail) => guardrailItem(controller, file.uri, guardrail)));
  return item;
}

function guardrailItem(controller: TestController, file: string, guardrail: GuardrailView): TestItem {
  const item = itemAt(controller, testId(file, guardrail.name), guardrail.name, guardrail.location);
  item.description = metText(guardrail);
  const failing = guardrail.groups.flatMap(({ accounts }) => accounts);
  item.children.replace(failing.map(({ name, path, location }) => {
    const account = itemAt(controller, testId(file, guardrail.name, path), name, location);
    account.description = path.slice(0, Math.max(0, path.length - name.length - 1));
    return account;
  }));
  return item;
}

function itemAt(controller: TestController, id: string, label: string, { uri, range }: ViewLocation): TestItem {
  const item = controller.createTestItem(id, label, Uri.parse(uri));
  item.range = rangeOf(range);
  return item;
}

function metText({ accounts, failing }: GuardrailView): string {
  if (accounts === 0) return 'about no account';
  if (failing > 0) return `met by ${String(accounts - failing)} of ${accounts === 1 ? '1 account' : `${String(accounts)} accounts`}`;
  return `met by ${accounts === 1 ? '1 account' : `all ${String(accounts)} accounts`}`;
}
