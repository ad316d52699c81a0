import { awsOrganizations } from '../../../server/organizations/awsOrganizations.ts';
import { systemClock } from '../../../server/organizations/clock.ts';
import { organizationsApi } from '../../../server/organizations/organizationsApi.ts';
import { fileJournal } from '../../../server/organizations/writes/fileJournal.ts';
import { scenarios, type ScenarioName } from './scenarios.ts';

/** A process that carries out a scenario with the real journal, to be killed at any instant. */
const [name, endpoint = '', folder = '', organizationId = '', unit = ''] = process.argv.slice(2);
const caller = await awsOrganizations({ endpoint, profile: 'test' });
await scenarios[name as ScenarioName].run({ api: organizationsApi(caller, { clock: systemClock, paced: false }), journal: fileJournal(folder, () => Date.now()), organizationId, unit });
caller.close();
