import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { hostFiles } from './hostFiles.ts';
import { serve } from './server.ts';

declare const self: unknown;

type Scope = ConstructorParameters<typeof BrowserMessageReader>[0];

const scope = self as Scope;
serve(createConnection(new BrowserMessageReader(scope), new BrowserMessageWriter(scope)), hostFiles, () => Date.now());
