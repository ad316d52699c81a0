/**
 * A text for a notification, whatever names of policies, OUs or accounts are in it: VS Code makes links of
 * `[text](command:…)` in notifications, and a name of that form would run a command when somebody clicks on it.
 */
export function plainMessage(text: string): string {
  return text.replaceAll('](', '] (');
}
