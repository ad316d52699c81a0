import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { withCanonicalUris } from './documentUris.ts';
import { filesBySchemes } from './hostFiles.ts';
import { nodeFiles } from './nodeFiles.ts';
import { registerRemoteRequests } from './remoteRequests.ts';
import { serve } from './server.ts';

// The transport is chosen by the command line: --stdio, --node-ipc, --socket=PORT, --pipe=NAME.
serve(createConnection(ProposedFeatures.all, withCanonicalUris), (connection) => filesBySchemes(nodeFiles, connection), () => Date.now(), registerRemoteRequests);
