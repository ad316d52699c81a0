/** Everything that imports the AWS SDK, for a bundle of its own: four clients share most of their code, and none is loaded before AWS is asked. */

export { awsOrganizations } from './awsOrganizations.ts';
export { awsProfiles } from './awsProfiles.ts';
export { awsServices } from './awsServices.ts';
