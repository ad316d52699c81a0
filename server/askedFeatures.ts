// What an editor asks for at a cursor or by a command, in a file of its own: nothing of it is needed to say what is wrong.
export { codeActions } from './features/codeActions/codeActions.ts';
export { completion } from './features/completion/completion.ts';
export { definition } from './features/definition.ts';
export { formatDocument, formatRange } from './features/formatting.ts';
export { guardrailDefinition } from './features/guardrails/guardrailLinks.ts';
export { hover } from './features/hover/hover.ts';
export { modelHighlights, policyHighlights } from './features/navigation/documentHighlights.ts';
export { policyDefinition } from './features/navigation/policyDefinition.ts';
export { preparePolicyRename, renamePolicy } from './features/navigation/policyNameRename.ts';
export { modelReferences, policyReferences } from './features/navigation/references.ts';
export { prepareRename, rename } from './features/navigation/rename.ts';
export { implementations, subtypes, supertypes, typeHierarchyAt } from './features/navigation/typeHierarchy.ts';
export { workspaceSymbols } from './features/navigation/workspaceSymbols.ts';
export { refactoringActions, resolveRefactoring } from './features/refactorings/refactoringActions.ts';
export { selectionRanges } from './features/selectionRanges.ts';
