/**
 * What AWS and its tools say, without anything that belongs to a credential: access key ids, session tokens and
 * signatures of signed requests, and the command line and output of a `credential_process`, which may hold a password.
 */
export function withoutSecrets(message: string): string {
  return message
    .replace(/^(Command failed)\b[\s\S]*$/i, '$1. Run the credential_process of the profile in a terminal to see why')
    .replace(/\b(A[A-Z]IA)[A-Z0-9]{12,}\b/g, '$1…')
    .replace(/\b(x-amz-security-token|security-?token|session-?token|secret-?access-?key|signature|authorization)(["']?\s*[:=]\s*["']?)(?:AWS4-HMAC-SHA256\s[^\n]*|[\w+/=%.-]+)/gi, '$1$2…');
}
