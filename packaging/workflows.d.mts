/** A sentence for each thing in the text of a GitHub workflow by which a change or a text of somebody else could run in it. */
export function workflowProblems(text: string): readonly string[];
