import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { withCanonicalUris } from './documentUris.ts';
import { hostFiles } from './hostFiles.ts';
import { serve } from './server.ts';

declare const self: DedicatedWorkerGlobalScope;

serve(createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self), withCanonicalUris), hostFiles, () => Date.now());
