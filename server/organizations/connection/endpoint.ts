/** Whether an endpoint is AWS's own, in any partition; one that is no URL is not. Source: organizations-api §6. */
export function isAwsEndpoint(endpoint: string): boolean {
  try {
    const { protocol, hostname } = new URL(endpoint);
    return protocol === 'https:' && /\.(amazonaws\.com|amazonaws\.com\.cn|api\.aws|api\.amazonwebservices\.com\.cn)$/.test(hostname);
  } catch {
    return false;
  }
}
